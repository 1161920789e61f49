package dev.lanes.run;

import dev.lanes.access.Audit;
import dev.lanes.access.AuditAction;
import dev.lanes.web.ApiException;
import dev.lanes.web.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Ends runs before their time: what waits ends at once, what is measured at its next sync. */
@Service
@Transactional
class Cancellations {

  private final JdbcClient jdbc;
  private final RunEnds ends;
  private final Audit audit;

  Cancellations(JdbcClient jdbc, RunEnds ends, Audit audit) {
    this.jdbc = jdbc;
    this.ends = ends;
    this.audit = audit;
  }

  /**
   * Cancels a run; a second call changes nothing.
   *
   * @throws ApiException if there is no such run, or it has completed
   */
  void cancel(UUID run) {
    String state =
        jdbc.sql("SELECT state FROM run WHERE id = :run FOR UPDATE")
            .param("run", run)
            .query(String.class)
            .optional()
            .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "There is no run " + run));
    if (state.equals("completed")) {
      throw new ApiException(
          ErrorCode.RUN_FINISHED, "Run %s has completed; its results stay".formatted(run));
    }
    List<Boolean> news =
        jdbc.sql(
                """
                UPDATE job
                SET state = CASE state WHEN 'queued' THEN 'cancelled' ELSE state END,
                    cancel_requested_at = coalesce(cancel_requested_at, now())
                WHERE run_id = :run AND state IN ('queued', 'leased')
                RETURNING old.cancel_requested_at IS NULL
                """)
            .param("run", run)
            .query(Boolean.class)
            .list();
    int searches =
        jdbc.sql(
                """
                UPDATE size_search SET state = 'ended', reason = 'the run was cancelled'
                WHERE run_id = :run AND state = 'searching'
                """)
            .param("run", run)
            .update();
    ends.settle(run);
    if (news.contains(true) || searches > 0) {
      audit.append(AuditAction.RUN_CANCELLED, run, Map.of());
    }
  }
}
