package dev.lanes.schedule;

import dev.lanes.run.StoredJson;
import dev.lanes.schedule.Firing.Cause;
import dev.lanes.schedule.Firing.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The statements about firings. Times are the caller's, so that one transaction has one. */
@Component
class FiringRows {

  private final JdbcClient jdbc;
  private final JsonMapper json;

  FiringRows(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** Schedules with a due time that no firing stands for, the longest due first. */
  List<UUID> due(Instant now) {
    return jdbc.sql("SELECT id FROM schedule WHERE next_due_at <= :now ORDER BY next_due_at, id")
        .param("now", Timestamp.from(now))
        .query(UUID.class)
        .list();
  }

  /**
   * Writes a firing, unless its due time has one. Of several servers that do so at the same time,
   * the others wait until the first one's transaction ends.
   *
   * @return whether this call has made it
   */
  boolean insert(Firing firing) {
    return jdbc.sql(
                """
                INSERT INTO firing
                  (schedule_id, due_at, fired_at, cause, outcome, reason, problem)
                VALUES
                  (:schedule, :due, :fired, :cause, :outcome, :reason, CAST(:problem AS jsonb))
                ON CONFLICT ON CONSTRAINT firing_once DO NOTHING
                """)
            .param("schedule", firing.schedule())
            .param("due", Timestamp.from(firing.dueAt()))
            .param("fired", Timestamp.from(firing.firedAt()))
            .param("cause", lower(firing.cause()))
            .param("outcome", lower(firing.outcome()))
            .param("reason", firing.reason())
            .param(
                "problem", firing.problem() == null ? null : StoredJson.of(json, firing.problem()))
            .update()
        == 1;
  }

  /** Notes the run that a firing has made. */
  void ran(Firing firing, UUID run) {
    jdbc.sql("UPDATE firing SET run_id = :run WHERE schedule_id = :schedule AND due_at = :due")
        .param("run", run)
        .param("schedule", firing.schedule())
        .param("due", Timestamp.from(firing.dueAt()))
        .update();
  }

  /**
   * Notes up to where firings stand for what was due, unless another server or a person has changed
   * the schedule meanwhile.
   *
   * @param schedule as it was read
   * @param next null when nothing will be due any more
   */
  void moveOn(Schedule schedule, @Nullable Instant next) {
    jdbc.sql(
            """
            UPDATE schedule SET next_due_at = :next
            WHERE id = :id AND version = :version AND next_due_at = :seen
            """)
        .param("next", next == null ? null : Timestamp.from(next))
        .param("id", schedule.id())
        .param("version", schedule.versionNumber())
        .param("seen", Timestamp.from(Objects.requireNonNull(schedule.nextDueAt())))
        .update();
  }

  /** How many runs cron has made. */
  int fired(UUID schedule) {
    return jdbc.sql(
            """
            SELECT count(*) FROM firing
            WHERE schedule_id = :schedule AND cause = 'cron' AND outcome = 'fired'
            """)
        .param("schedule", schedule)
        .query(Integer.class)
        .single();
  }

  /** A run of the schedule that has not finished. */
  Optional<UUID> unfinished(UUID schedule) {
    return jdbc.sql(
            """
            SELECT r.id FROM firing f JOIN run r ON r.id = f.run_id
            WHERE f.schedule_id = :schedule AND r.finished_at IS NULL
            LIMIT 1
            """)
        .param("schedule", schedule)
        .query(UUID.class)
        .optional();
  }

  /** The first due time since which no run of the schedule has begun; empty when one has. */
  Optional<Instant> withoutRunSince(UUID schedule) {
    return jdbc.sql(
            """
            SELECT min(f.due_at) FROM firing f
            WHERE f.schedule_id = :schedule
              AND f.cause <> 'by_hand'
              AND f.due_at > COALESCE(
                (SELECT max(g.due_at)
                 FROM firing g
                 LEFT JOIN run r ON r.id = g.run_id
                 WHERE g.schedule_id = :schedule
                   AND g.outcome = 'fired'
                   -- A run that was deleted had begun, or somebody did not want it.
                   AND r.state IS DISTINCT FROM 'queued'),
                '-infinity')
            """)
        .param("schedule", schedule)
        .query((row, _) -> Optional.ofNullable(row.getTimestamp(1)).map(Timestamp::toInstant))
        .single();
  }

  /** The newest firings before that due time, the newest first. */
  List<FiringView> page(UUID schedule, Instant before, int limit) {
    return jdbc.sql(
            """
            SELECT * FROM firing
            WHERE schedule_id = :schedule AND due_at < :before
            ORDER BY due_at DESC
            LIMIT :limit
            """)
        .param("schedule", schedule)
        .param("before", Timestamp.from(before))
        .param("limit", limit)
        .query((row, _) -> view(row))
        .list();
  }

  /** The firing of a due time. */
  Optional<FiringView> find(UUID id) {
    return jdbc.sql("SELECT * FROM firing WHERE id = :id")
        .param("id", id)
        .query((row, _) -> view(row))
        .optional();
  }

  /** Notes builds that a schedule knows from now on. Says whether it knew one of them not. */
  boolean learn(UUID schedule, List<String> interpreters) {
    return jdbc.sql(
                """
                INSERT INTO schedule_interpreter (schedule_id, interpreter)
                SELECT :schedule, unnest(CAST(:interpreters AS text[]))
                ON CONFLICT DO NOTHING
                """)
            .param("schedule", schedule)
            .param("interpreters", interpreters.toArray(String[]::new))
            .update()
        > 0;
  }

  /** Builds that a schedule knows. */
  List<String> known(UUID schedule) {
    return jdbc.sql("SELECT interpreter FROM schedule_interpreter WHERE schedule_id = :schedule")
        .param("schedule", schedule)
        .query(String.class)
        .list();
  }

  private FiringView view(ResultSet row) throws SQLException {
    String problem = row.getString("problem");
    return new FiringView(
        row.getObject("id", UUID.class),
        row.getTimestamp("due_at").toInstant(),
        row.getTimestamp("fired_at").toInstant(),
        Cause.valueOf(row.getString("cause").toUpperCase(Locale.ROOT)),
        Outcome.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
        row.getObject("run_id", UUID.class),
        row.getString("reason"),
        problem == null ? null : json.readValue(problem, FiringProblem.class));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
