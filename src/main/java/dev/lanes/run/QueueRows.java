package dev.lanes.run;

import dev.lanes.host.Hosts;
import dev.lanes.run.QueueOrder.Use;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what waits, what is measured, and which hosts may measure what. */
@Component
class QueueRows {

  private final JdbcClient jdbc;

  QueueRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A job in the queue.
   *
   * @param pauseSeconds until it may be tried again; 0 or less when it may
   * @param reason what the last try failed for; null when there was none
   * @param onlyHost name of the only host that may measure it; null when any may
   */
  record Row(
      UUID job,
      UUID run,
      String runName,
      String owner,
      String profile,
      int priority,
      double urgency,
      Instant waitingSince,
      double pauseSeconds,
      @Nullable String reason,
      @Nullable String onlyHost) {}

  List<Row> waiting() {
    return jdbc.sql(
            """
            SELECT j.id, j.run_id, r.name, j.owner, j.profile, j.priority, j.urgency, j.created_at,
                   extract(epoch FROM j.not_before - now()) AS pause, j.reason,
                   h.name AS only_host
            FROM job j
            JOIN run r ON r.id = j.run_id
            LEFT JOIN host h ON h.id = j.only_host_id
            WHERE j.state = 'queued'
            """)
        .query((row, _) ->
            new Row(
                row.getObject("id", UUID.class),
                row.getObject("run_id", UUID.class),
                row.getString("name"),
                row.getString("owner"),
                row.getString("profile"),
                row.getInt("priority"),
                row.getDouble("urgency"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getDouble("pause"),
                row.getString("reason"),
                row.getString("only_host")))
        .list();
  }

  private record Used(String owner, Use use) {}

  /** What every owner has and had; an owner that is absent had nothing. */
  Map<String, Use> uses() {
    return jdbc
        .sql(
            """
            SELECT owner, sum(minutes) AS minutes, sum(running) AS running
            FROM (SELECT owner, minutes * power(2, -extract(epoch FROM now() - at) / :half) AS minutes,
                         0 AS running
                  FROM owner_usage
                  UNION ALL
                  SELECT j.owner, 0, 1
                  FROM attempt a JOIN job j ON j.id = a.job_id
                  WHERE a.ended_at IS NULL) AS used
            GROUP BY owner
            """)
        .param("half", FairShare.HALF_LIFE_SECONDS)
        .query((row, _) ->
            new Used(
                row.getString("owner"), new Use(row.getDouble("minutes"), row.getInt("running"))))
        .list()
        .stream()
        .collect(Collectors.toMap(Used::owner, Used::use));
  }

  /**
   * A host that fulfils a profile.
   *
   * @param online whether its worker was heard of of late
   * @param run name of the run that it measures; null when it is idle
   */
  record Place(String profile, String host, boolean online, @Nullable String run) {}

  List<Place> places() {
    return jdbc.sql(
            """
            SELECT p.profile, h.name AS host,
                   h.last_seen_at > now() - make_interval(secs => :online) AS online,
                   r.name AS run
            FROM host_profile p
            JOIN host h ON h.id = p.host_id
            LEFT JOIN attempt a ON a.host_id = h.id AND a.ended_at IS NULL
            LEFT JOIN job j ON j.id = a.job_id
            LEFT JOIN run r ON r.id = j.run_id
            ORDER BY h.name
            """)
        .param("online", Hosts.ONLINE.toSeconds())
        .query((row, _) ->
            new Place(
                row.getString("profile"),
                row.getString("host"),
                row.getBoolean("online"),
                row.getString("run")))
        .list();
  }

  /** What is measured now, by the name of the host. */
  Map<String, LiveView.Measuring> measuring() {
    record On(String host, LiveView.Measuring what) {}
    return jdbc
        .sql(
            """
            SELECT h.name AS host, a.fence, j.run_id, r.name AS run, j.owner, j.profile, j.attempts,
                   a.leased_at, a.acked_at IS NOT NULL AS acknowledged, a.current, a.seconds_left,
                   j.cells_done,
                   (SELECT count(*) FROM cell c WHERE c.job_id = j.id AND c.role = 'subject') AS cells
            FROM attempt a
            JOIN host h ON h.id = a.host_id
            JOIN job j ON j.id = a.job_id
            JOIN run r ON r.id = j.run_id
            WHERE a.ended_at IS NULL
            """)
        .query((row, _) ->
            new On(
                row.getString("host"),
                new LiveView.Measuring(
                    row.getLong("fence"),
                    row.getObject("run_id", UUID.class),
                    row.getString("run"),
                    row.getString("owner"),
                    row.getString("profile"),
                    row.getInt("attempts"),
                    row.getObject("leased_at", OffsetDateTime.class).toInstant(),
                    row.getBoolean("acknowledged"),
                    row.getString("current"),
                    row.getInt("cells_done"),
                    row.getInt("cells"),
                    row.getObject("seconds_left", Double.class))))
        .list()
        .stream()
        .collect(Collectors.toMap(On::host, On::what));
  }
}
