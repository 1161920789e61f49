package dev.lanes.run;

import dev.lanes.catalog.Sha256;
import dev.lanes.host.Hosts;
import dev.lanes.web.ApiException;
import dev.lanes.web.ErrorCode;
import io.micrometer.core.instrument.MeterRegistry;
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
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * Ends attempts and decides what becomes of their jobs. A failure of the workload is a result and
 * ends the job; a failure of the host or its worker puts the job back into the queue.
 */
@Component
@Transactional
class AttemptEnds {

  private static final Logger log = LoggerFactory.getLogger(AttemptEnds.class);

  /** A host that fell silent so often in a row, with different runs, must not eat the queue. */
  private static final int SILENT_LIMIT = 2;

  /** A job with which so many hosts were lost is not given to a third. */
  private static final int LOST_HOSTS_LIMIT = 2;

  private final QueueProperties properties;
  private final JdbcClient jdbc;
  private final Hosts hosts;
  private final RunEnds runs;
  private final JsonMapper json;
  private final MeterRegistry meters;

  AttemptEnds(
      QueueProperties properties,
      JdbcClient jdbc,
      Hosts hosts,
      RunEnds runs,
      JsonMapper json,
      MeterRegistry meters) {
    this.properties = properties;
    this.jdbc = jdbc;
    this.hosts = hosts;
    this.runs = runs;
    this.json = json;
    this.meters = meters;
  }

  private record Attempt(
      UUID job,
      UUID run,
      UUID host,
      byte[] token,
      boolean acknowledged,
      @Nullable String outcome) {}

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
      if (!lockHost(fence)) {
        continue; // its worker calls just now; if it is lost, the next time tells
      }
      Attempt attempt = lock(fence);
      boolean still =
          jdbc.sql("SELECT lease_expires_at < now() FROM attempt WHERE fence = :fence")
              .param("fence", fence)
              .query(Boolean.class)
              .single();
      if (attempt.outcome() == null && still) {
        endSilent(fence, attempt);
      }
    }
  }

  /** The host before the run, as leasing does, or the two would wait for each other. */
  private boolean lockHost(long fence) {
    return jdbc.sql(
            """
            SELECT id FROM host
            WHERE id = (SELECT host_id FROM attempt WHERE fence = :fence)
            FOR UPDATE SKIP LOCKED
            """)
        .param("fence", fence)
        .query(UUID.class)
        .optional()
        .isPresent();
  }

  private void endSilent(long fence, Attempt attempt) {
    if (!attempt.acknowledged()) {
      end(fence, attempt, Leases.NOT_ACKNOWLEDGED, "the worker never said that it got the job");
      return;
    }
    end(fence, attempt, Leases.WORKER_LOST, "nothing was heard of the worker in time");
    jdbc.sql("UPDATE attempt SET silent = true WHERE fence = :fence")
        .param("fence", fence)
        .update();
    // It has waited for as long as a lease lasts: no pause on top of that.
    jdbc.sql("UPDATE job SET not_before = now() WHERE id = :job AND state = 'queued'")
        .param("job", attempt.job())
        .update();
    boolean bad =
        jdbc.sql(
                """
                SELECT count(*) FILTER (WHERE silent) = :limit AND count(DISTINCT run_id) = :limit
                FROM (SELECT a.silent, j.run_id
                      FROM attempt a JOIN job j ON j.id = a.job_id
                      WHERE a.host_id = :host AND a.ended_at IS NOT NULL
                      ORDER BY a.fence DESC LIMIT :limit) AS last
                """)
            .param("host", attempt.host())
            .param("limit", SILENT_LIMIT)
            .query(Boolean.class)
            .single();
    if (bad) {
      hosts.quarantine(
          attempt.host(),
          "fell silent in %d attempts of different runs, one after the other"
              .formatted(SILENT_LIMIT));
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
            SELECT a.job_id, j.run_id, a.host_id, a.token_sha256,
                   a.acked_at IS NOT NULL AS acknowledged, a.outcome
            FROM attempt a JOIN job j ON j.id = a.job_id
            WHERE a.fence = :fence
            FOR UPDATE
            """)
        .param("fence", fence)
        .query((row, _) ->
            new Attempt(
                row.getObject("job_id", UUID.class),
                row.getObject("run_id", UUID.class),
                row.getObject("host_id", UUID.class),
                row.getBytes("token_sha256"),
                row.getBoolean("acknowledged"),
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
      // Nobody has begun it, so that it is no try.
      case Leases.NOT_ACKNOWLEDGED -> giveBack(attempt, reason);
      case "cancelled" -> finish(attempt, "cancelled", null);
      default -> tryAgain(attempt, outcome, String.valueOf(reason));
    }
    runs.settle(attempt.run());
    use(fence);
    // What is rolled back has not ended, and may end again.
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            meters.counter("lanes.attempts.ended", "outcome", outcome).increment();
          }
        });
    log.atInfo()
        .addKeyValue("run", attempt.run())
        .addKeyValue("job", attempt.job())
        .addKeyValue("attempt", String.valueOf(fence))
        .log("attempt={} job={} ended outcome={} reason={}", fence, attempt.job(), outcome, reason);
  }

  private void finish(Attempt attempt, String state, @Nullable String reason) {
    jdbc.sql("UPDATE job SET state = :state, reason = :reason WHERE id = :job")
        .param("state", state)
        .param("reason", reason)
        .param("job", attempt.job())
        .update();
  }

  /** The time of the host counts for the owner, whatever came of it. */
  private void use(long fence) {
    jdbc.sql(
            """
            INSERT INTO owner_usage AS old (owner, minutes, at)
            SELECT j.owner, extract(epoch FROM a.ended_at - a.leased_at) / 60, now()
            FROM attempt a JOIN job j ON j.id = a.job_id
            WHERE a.fence = :fence
            ON CONFLICT (owner) DO UPDATE
            SET minutes = old.minutes * power(2, -extract(epoch FROM now() - old.at) / :half)
                          + excluded.minutes,
                at = now()
            """)
        .param("fence", fence)
        .param("half", FairShare.HALF_LIFE_SECONDS)
        .update();
  }

  private void giveBack(Attempt attempt, @Nullable String reason) {
    jdbc.sql(
            """
            UPDATE job
            SET state = CASE WHEN cancel_requested_at IS NOT NULL THEN 'cancelled' ELSE 'queued' END,
                attempts = attempts - 1, current_fence = NULL, reason = :reason
            WHERE id = :job
            """)
        .param("reason", reason)
        .param("job", attempt.job())
        .update();
  }

  /**
   * Back into the queue after a pause that doubles, for another host where there is one. After the
   * last attempt, or when two hosts were lost with it, the job has failed: it may be what kills
   * them.
   */
  private void tryAgain(Attempt attempt, String outcome, String reason) {
    jdbc.sql(
            """
            WITH next AS (
              SELECT CASE WHEN cancel_requested_at IS NOT NULL THEN 'cancelled'
                          WHEN attempts >= max_attempts OR hosts_lost >= :limit THEN 'failed'
                          ELSE 'queued' END AS state,
                     now() + make_interval(secs => :pause * power(2, attempts - 1)) AS not_before
              FROM job
              CROSS JOIN LATERAL (
                SELECT count(DISTINCT host_id) AS hosts_lost FROM attempt
                WHERE job_id = job.id AND outcome = :lost AND fence > job.forgiven_fence) AS lost
              WHERE id = :job)
            UPDATE job
            SET state = next.state,
                not_before = next.not_before,
                avoid_host_id = CASE WHEN EXISTS (
                                       SELECT FROM host_profile p JOIN host h ON h.id = p.host_id
                                       WHERE p.profile = job.profile AND h.id <> :host
                                         AND h.last_seen_at > now() - make_interval(secs => :online))
                                     THEN CAST(:host AS uuid) END,
                avoid_until = next.not_before + interval '60 s',
                current_fence = NULL,
                -- Every subject of a failed job has an outcome: it was not measured.
                cells_done = ended.cells,
                cells_failed = ended.cells,
                cells_unsupported = 0,
                reason = :reason
            FROM next,
                 LATERAL (SELECT count(*) AS cells FROM cell
                          WHERE job_id = :job AND role = 'subject' AND next.state = 'failed') ended
            WHERE id = :job
            """)
        .param("reason", "%s: %s".formatted(outcome.replace('_', ' '), reason))
        .param("job", attempt.job())
        .param("host", attempt.host())
        .param("pause", QueueProperties.seconds(properties.pause()))
        .param("lost", Leases.WORKER_LOST)
        .param("limit", LOST_HOSTS_LIMIT)
        .param("online", Hosts.ONLINE.toSeconds())
        .update();
  }
}
