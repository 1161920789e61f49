package dev.lanes.run;

import dev.lanes.catalog.Outcome;
import dev.lanes.catalog.Sha256;
import dev.lanes.web.ApiException;
import dev.lanes.web.ErrorCode;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What workers do with attempts that have not ended: prolong them, and write under their lock. */
@Service
@Transactional
public class OpenAttempts {

  private final QueueProperties properties;
  private final JdbcClient jdbc;

  OpenAttempts(QueueProperties properties, JdbcClient jdbc) {
    this.properties = properties;
    this.jdbc = jdbc;
  }

  /** What the server wants of a worker that says it works on an attempt. */
  public enum Standing {
    OPEN,
    CANCEL_REQUESTED,
    ENDED
  }

  /**
   * A sign of life of a worker that works on an attempt: confirms the lease and prolongs it.
   *
   * @param current what is measured now, in words
   * @param secondsLeft estimate until the end; null when there is none
   */
  public Standing renew(
      UUID host, long fence, @Nullable String current, @Nullable Double secondsLeft) {
    int open =
        jdbc.sql(
                """
                UPDATE attempt
                SET acked_at = coalesce(acked_at, now()),
                    lease_expires_at = now() + make_interval(secs => :ttl),
                    current = coalesce(:current, current),
                    seconds_left = :left
                WHERE fence = :fence AND host_id = :host AND ended_at IS NULL
                """)
            .param("ttl", QueueProperties.seconds(properties.lease()))
            .param("current", current)
            .param("left", secondsLeft)
            .param("fence", fence)
            .param("host", host)
            .update();
    if (open == 0) {
      return Standing.ENDED;
    }
    boolean cancel =
        jdbc.sql("SELECT cancel_requested_at IS NOT NULL FROM job WHERE current_fence = :fence")
            .param("fence", fence)
            .query(Boolean.class)
            .single();
    return cancel ? Standing.CANCEL_REQUESTED : Standing.OPEN;
  }

  /**
   * Holds an attempt open until the transaction ends, so that nothing is written to one that ended.
   *
   * @return the attempt's job
   * @throws ApiException with {@link ErrorCode#LEASE_LOST} if it has ended or the token is not its
   */
  public UUID hold(long fence, String token) {
    record Attempt(UUID job, byte[] token, boolean open) {}
    Attempt attempt =
        jdbc.sql(
                """
                SELECT job_id, token_sha256, ended_at IS NULL AS open
                FROM attempt WHERE fence = :fence FOR SHARE
                """)
            .param("fence", fence)
            .query((row, _) ->
                new Attempt(
                    row.getObject("job_id", UUID.class),
                    row.getBytes("token_sha256"),
                    row.getBoolean("open")))
            .optional()
            .orElseThrow(() -> Leases.lost(fence));
    if (!attempt.open() || !MessageDigest.isEqual(attempt.token(), Sha256.of(token))) {
      throw Leases.lost(fence);
    }
    return attempt.job();
  }

  /** Counts cells that ended in an attempt that is held. */
  public void countEnded(UUID job, Collection<Outcome> outcomes) {
    long succeeded = outcomes.stream().filter(Outcome.SUCCEEDED::equals).count();
    long unsupported = outcomes.stream().filter(Outcome.UNSUPPORTED::equals).count();
    jdbc.sql(
            """
            UPDATE job
            SET cells_done = cells_done + :done,
                cells_failed = cells_failed + :failed,
                cells_unsupported = cells_unsupported + :unsupported
            WHERE id = :job
            """)
        .param("done", outcomes.size())
        .param("failed", outcomes.size() - succeeded - unsupported)
        .param("unsupported", unsupported)
        .param("job", job)
        .update();
  }
}
