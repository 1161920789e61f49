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

/** Gives jobs that failed with their hosts another chance. */
@Service
@Transactional
class Retries {

  private final JobBell bell;
  private final JdbcClient jdbc;
  private final Audit audit;

  Retries(JobBell bell, JdbcClient jdbc, Audit audit) {
    this.bell = bell;
    this.jdbc = jdbc;
    this.audit = audit;
  }

  /**
   * Queues the failed jobs of a run again, with as many tries as at first. Cells that were measured
   * and failed are results and stay.
   *
   * @throws ApiException if there is no such run, or no job of it has failed
   */
  void retry(UUID run) {
    jdbc.sql("SELECT id FROM run WHERE id = :run FOR UPDATE")
        .param("run", run)
        .query(UUID.class)
        .optional()
        .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "There is no run " + run));
    List<String> profiles =
        jdbc.sql(
                """
                UPDATE job
                SET state = 'queued', max_attempts = attempts + 3,
                    forgiven_fence = (SELECT max(fence) FROM attempt WHERE job_id = job.id),
                    not_before = now(), avoid_host_id = NULL, avoid_until = NULL,
                    cells_done = 0, cells_failed = 0, cells_unsupported = 0
                WHERE run_id = :run AND state = 'failed'
                RETURNING profile
                """)
            .param("run", run)
            .query(String.class)
            .list();
    if (profiles.isEmpty()) {
      throw new ApiException(
          ErrorCode.NOTHING_TO_RETRY,
          "No job of run %s has failed with its host; submit the run anew to measure it again"
              .formatted(run));
    }
    jdbc.sql("UPDATE run SET state = 'running', finished_at = NULL WHERE id = :run")
        .param("run", run)
        .update();
    profiles.forEach(bell::ring);
    audit.append(AuditAction.RUN_RETRIED, run, Map.of("jobs", profiles.size()));
  }
}
