package dev.lanes.run;

import java.util.Map;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Moves a run to its end when its last job has ended. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class RunEnds {

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final ApplicationEventPublisher events;

  RunEnds(JdbcClient jdbc, JsonMapper json, ApplicationEventPublisher events) {
    this.jdbc = jdbc;
    this.json = json;
    this.events = events;
  }

  /** Must be called under a lock of the run's row, so that of two last jobs one sees the other. */
  void settle(UUID run) {
    jdbc.sql(
            """
            UPDATE run
            SET state = CASE WHEN EXISTS (SELECT FROM job
                                          WHERE run_id = :run AND state = 'cancelled')
                             THEN 'cancelled' ELSE 'completed' END,
                finished_at = now()
            WHERE id = :run
              AND finished_at IS NULL
              AND NOT EXISTS (SELECT FROM job WHERE run_id = :run AND state IN ('queued', 'leased'))
              -- It may get further jobs.
              AND NOT EXISTS (SELECT FROM size_search
                              WHERE run_id = :run AND state = 'searching')
            RETURNING name, state, labels
            """)
        .param("run", run)
        .query((row, _) ->
            new RunEnded(
                run,
                row.getString("name"),
                row.getString("state"),
                json.readValue(
                    row.getString("labels"), new TypeReference<Map<String, String>>() {})))
        .optional()
        .ifPresent(events::publishEvent);
  }
}
