package dev.lanes.run;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Finds the job that a host should measure next, by {@link FairShare}. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ReadyJobs {

  private final JdbcClient jdbc;

  ReadyJobs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What one owner has waiting for one profile.
   *
   * @param urgency of the first job
   * @param minutes what the owner used of late, decayed
   * @param running the owner's jobs that are measured now
   * @param now seconds since 1970, by the database
   */
  private record Waiting(
      String owner, String profile, double urgency, double minutes, int running, double now) {
    double score() {
      return FairShare.score(minutes, running, urgency, now);
    }
  }

  /** Locks the next job of the host and its run; what another host is about to take is passed. */
  Optional<UUID> lockNext(UUID host) {
    List<Waiting> waiting = waiting(host);
    Map<String, Double> scores = new HashMap<>();
    waiting.forEach(some -> scores.merge(some.owner(), some.score(), Math::min));
    return waiting.stream()
        .sorted(
            Comparator.<Waiting>comparingDouble(some -> scores.get(some.owner()))
                .thenComparing(Waiting::owner)
                .thenComparingDouble(Waiting::urgency))
        .map(some -> lockFirst(host, some))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Owners are found by steps through the index: a backlog of thousands costs one row. */
  private List<Waiting> waiting(UUID host) {
    return jdbc.sql(
            """
            WITH RECURSIVE owners AS (
              SELECT p.profile, (SELECT min(j.owner) FROM job j
                                 WHERE j.state = 'queued' AND j.profile = p.profile) AS owner
              FROM host_profile p WHERE p.host_id = :host
              UNION ALL
              SELECT o.profile, (SELECT min(j.owner) FROM job j
                                 WHERE j.state = 'queued' AND j.profile = o.profile
                                   AND j.owner > o.owner)
              FROM owners o WHERE o.owner IS NOT NULL),
            running AS (
              SELECT j.owner, count(*) AS jobs
              FROM attempt a JOIN job j ON j.id = a.job_id
              WHERE a.ended_at IS NULL
              GROUP BY j.owner)
            SELECT o.owner, o.profile, first.urgency,
                   coalesce(u.minutes * power(2, -extract(epoch FROM now() - u.at) / :half), 0)
                     AS minutes,
                   coalesce(r.jobs, 0) AS running,
                   extract(epoch FROM now()) AS now
            FROM owners o
            CROSS JOIN LATERAL (
              SELECT j.urgency FROM job j
              WHERE j.state = 'queued' AND j.profile = o.profile AND j.owner = o.owner
                AND j.not_before <= now()
                AND (j.avoid_host_id IS DISTINCT FROM :host OR j.avoid_until <= now())
                AND coalesce(j.only_host_id = :host, true)
              ORDER BY j.urgency, j.id LIMIT 1) first
            LEFT JOIN owner_usage u ON u.owner = o.owner
            LEFT JOIN running r ON r.owner = o.owner
            """)
        .param("host", host)
        .param("half", FairShare.HALF_LIFE_SECONDS)
        .query((row, _) ->
            new Waiting(
                row.getString("owner"),
                row.getString("profile"),
                row.getDouble("urgency"),
                row.getDouble("minutes"),
                row.getInt("running"),
                row.getDouble("now")))
        .list();
  }

  private Optional<UUID> lockFirst(UUID host, Waiting waiting) {
    return jdbc.sql(
            """
            SELECT j.id
            FROM job j
            JOIN run r ON r.id = j.run_id
            WHERE j.state = 'queued' AND j.profile = :profile AND j.owner = :owner
              AND j.not_before <= now()
              AND (j.avoid_host_id IS DISTINCT FROM :host OR j.avoid_until <= now())
              AND coalesce(j.only_host_id = :host, true)
            ORDER BY j.urgency, j.id
            LIMIT 1
            -- The run's row too: cancelling locks it first, and the two must not wait in a circle.
            FOR UPDATE OF j, r SKIP LOCKED
            """)
        .param("profile", waiting.profile())
        .param("owner", waiting.owner())
        .param("host", host)
        .query(UUID.class)
        .optional();
  }
}
