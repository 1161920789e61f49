package dev.lanes.run;

import dev.lanes.catalog.Sha256;
import dev.lanes.web.ApiException;
import dev.lanes.web.ErrorCode;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Ends attempts and decides what becomes of their jobs. A failure of the workload is a result and
 * ends the job; a failure of the host or its worker puts the job back into the queue.
 */
@Component
@Transactional
class AttemptEnds {

  private static final Logger log = LoggerFactory.getLogger(AttemptEnds.class);

  private final JdbcClient jdbc;
  private final RunEnds runs;
  private final JsonMapper json;

  AttemptEnds(JdbcClient jdbc, RunEnds runs, JsonMapper json) {
    this.jdbc = jdbc;
    this.runs = runs;
    this.json = json;
  }

  private record Attempt(UUID job, UUID run, byte[] token, @Nullable String outcome) {}

  /** Ends the attempt as its worker says, if every chunk that it announces is there. */
  void complete(
      long fence,
      String token,
      String outcome,
      int chunks,
      @Nullable String reason,
      Map<String, Object> session) {
    Attempt attempt = lock(fence);
    if (!MessageDigest.isEqual(attempt.token(), Sha256.of(token))) {
      throw Leases.lost(fence);
    }
    if (attempt.outcome() != null) {
      if (attempt.outcome().equals(outcome)) {
        return;
      }
      throw Leases.lost(fence);
    }
    int stored =
        jdbc.sql("SELECT count(*) FROM chunk WHERE fence = :fence AND number < :chunks")
            .param("fence", fence)
            .param("chunks", chunks)
            .query(Integer.class)
            .single();
    if (stored < chunks) {
      throw new ApiException(
          ErrorCode.CHUNK_MISSING,
          "Attempt %d has %d of %d chunks; send the others first".formatted(fence, stored, chunks));
    }
    if (outcome.equals("succeeded")) {
      refuseUnendedCells(fence, attempt.job());
    }
    jdbc.sql("UPDATE attempt SET session = :session::jsonb WHERE fence = :fence")
        .param("session", StoredJson.of(json, session))
        .param("fence", fence)
        .update();
    end(fence, attempt, outcome, reason);
  }

  /** An attempt succeeds when it has told how each of its cells ended, however that was. */
  private void refuseUnendedCells(long fence, UUID job) {
    boolean all =
        jdbc.sql(
                """
                SELECT NOT EXISTS (
                  SELECT FROM cell
                  WHERE job_id = :job
                    AND id NOT IN (SELECT cell_id FROM cell_result WHERE fence = :fence))
                """)
            .param("job", job)
            .param("fence", fence)
            .query(Boolean.class)
            .single();
    if (!all) {
      throw new ApiException(
          ErrorCode.CHUNK_MISSING,
          "Attempt %d has not told how each of its cells ended; send that first".formatted(fence));
    }
  }

  /** Ends an attempt for its worker, unless it has ended meanwhile. */
  void end(long fence, String outcome, String reason) {
    Attempt attempt = lock(fence);
    if (attempt.outcome() == null) {
      end(fence, attempt, outcome, reason);
    }
  }

  /** Ends every attempt whose worker was not heard of in time. */
  void endExpired() {
    List<Long> expired =
        jdbc.sql(
                """
                SELECT fence FROM attempt
                WHERE ended_at IS NULL AND lease_expires_at < now()
                ORDER BY fence
                """)
            .query(Long.class)
            .list();
    for (long fence : expired) {
      Attempt attempt = lock(fence);
      boolean still =
          jdbc.sql("SELECT lease_expires_at < now() FROM attempt WHERE fence = :fence")
              .param("fence", fence)
              .query(Boolean.class)
              .single();
      if (attempt.outcome() == null && still) {
        end(fence, attempt, "worker_lost", "nothing was heard of the worker in time");
      }
    }
  }

  /** Locks the run before the attempt, as everything does that ends something. */
  private Attempt lock(long fence) {
    jdbc.sql(
            """
            SELECT id FROM run
            WHERE id = (SELECT j.run_id FROM attempt a JOIN job j ON j.id = a.job_id
                        WHERE a.fence = :fence)
            FOR UPDATE
            """)
        .param("fence", fence)
        .query(UUID.class)
        .optional()
        .orElseThrow(() -> Leases.lost(fence));
    return jdbc.sql(
            """
            SELECT a.job_id, j.run_id, a.token_sha256, a.outcome
            FROM attempt a JOIN job j ON j.id = a.job_id
            WHERE a.fence = :fence
            FOR UPDATE
            """)
        .param("fence", fence)
        .query((row, _) ->
            new Attempt(
                row.getObject("job_id", UUID.class),
                row.getObject("run_id", UUID.class),
                row.getBytes("token_sha256"),
                row.getString("outcome")))
        .single();
  }

  private void end(long fence, Attempt attempt, String outcome, @Nullable String reason) {
    jdbc.sql(
            """
            UPDATE attempt SET ended_at = now(), outcome = :outcome, reason = :reason
            WHERE fence = :fence
            """)
        .param("outcome", outcome)
        .param("reason", reason)
        .param("fence", fence)
        .update();
    switch (outcome) {
      case "succeeded" -> finish(attempt, "finished", null);
      case "cancelled" -> finish(attempt, "cancelled", null);
      default -> tryAgain(attempt, outcome, String.valueOf(reason));
    }
    runs.settle(attempt.run());
    log.info("attempt={} job={} ended outcome={} reason={}", fence, attempt.job(), outcome, reason);
  }

  private void finish(Attempt attempt, String state, @Nullable String reason) {
    jdbc.sql("UPDATE job SET state = :state, reason = :reason WHERE id = :job")
        .param("state", state)
        .param("reason", reason)
        .param("job", attempt.job())
        .update();
  }

  /** Back into the queue after 5, 10, 20 … seconds; after the last attempt the job has failed. */
  private void tryAgain(Attempt attempt, String outcome, String reason) {
    jdbc.sql(
            """
            WITH next AS (
              SELECT CASE WHEN cancel_requested_at IS NOT NULL THEN 'cancelled'
                          WHEN attempts >= max_attempts THEN 'failed'
                          ELSE 'queued' END AS state,
                     -- Every subject of a failed job has an outcome: it was not measured.
                     CASE WHEN cancel_requested_at IS NULL AND attempts >= max_attempts
                          THEN (SELECT count(*) FROM cell WHERE job_id = :job AND role = 'subject')
                          ELSE 0 END AS ended
              FROM job WHERE id = :job)
            UPDATE job
            SET state = next.state,
                not_before = now() + make_interval(secs => 5 * power(2, attempts - 1)),
                current_fence = NULL,
                cells_done = next.ended,
                cells_failed = next.ended,
                cells_unsupported = 0,
                reason = :reason
            FROM next
            WHERE id = :job
            """)
        .param("reason", "%s: %s".formatted(outcome.replace('_', ' '), reason))
        .param("job", attempt.job())
        .update();
  }
}
