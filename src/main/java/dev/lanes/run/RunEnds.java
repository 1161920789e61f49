package dev.lanes.run;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Moves a run to its end when its last job has ended. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class RunEnds {

  private final JdbcClient jdbc;

  RunEnds(JdbcClient jdbc) {
    this.jdbc = jdbc;
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
            """)
        .param("run", run)
        .update();
  }
}
