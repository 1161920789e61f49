package dev.lanes.fault;

import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database holds when everything has come to rest. */
record Stored(
    List<Run> runs,
    List<Job> jobs,
    List<Attempt> attempts,
    List<Chunk> chunks,
    List<Sample> samples) {

  record Run(UUID id, String name, String state) {}

  record Job(
      UUID id,
      UUID run,
      String owner,
      String state,
      int attempts,
      int maxAttempts,
      @Nullable Long currentFence) {}

  /**
   * @param endedMicros when its end was committed, microseconds since 1970; null while it is open.
   *     Commit times, unlike {@code now()}, are in the order of the locks.
   */
  record Attempt(
      long fence,
      UUID job,
      String host,
      @Nullable String outcome,
      boolean silent,
      @Nullable Long endedMicros) {}

  /**
   * @param storedMicros when it was committed
   */
  record Chunk(long fence, int number, String sha256, long storedMicros) {}

  record Sample(long fence, int round, double value) {}

  /** Reads everything but what servers queue by themselves. */
  static Stored read(JdbcClient jdbc) {
    return new Stored(
        jdbc.sql(
                """
                SELECT id, name, state FROM run
                WHERE owner <> 'lanes'
                  AND NOT EXISTS (SELECT FROM firing f WHERE f.run_id = run.id)
                """)
            .query((row, _) ->
                new Run(row.getObject(1, UUID.class), row.getString(2), row.getString(3)))
            .list(),
        jdbc.sql(
                """
                SELECT id, run_id, owner, state, attempts, max_attempts, current_fence
                FROM job WHERE owner <> 'lanes'
                """)
            .query((row, _) ->
                new Job(
                    row.getObject(1, UUID.class),
                    row.getObject(2, UUID.class),
                    row.getString(3),
                    row.getString(4),
                    row.getInt(5),
                    row.getInt(6),
                    row.getObject(7, Long.class)))
            .list(),
        jdbc.sql(
                """
                SELECT a.fence, a.job_id, h.name, a.outcome, a.silent,
                       CASE WHEN a.ended_at IS NOT NULL
                            THEN (extract(epoch FROM pg_xact_commit_timestamp(a.xmin)) * 1e6)::bigint
                       END
                FROM attempt a JOIN host h ON h.id = a.host_id
                ORDER BY a.fence
                """)
            .query((row, _) ->
                new Attempt(
                    row.getLong(1),
                    row.getObject(2, UUID.class),
                    row.getString(3),
                    row.getString(4),
                    row.getBoolean(5),
                    row.getObject(6, Long.class)))
            .list(),
        jdbc.sql(
                """
                SELECT fence, number, sha256,
                       (extract(epoch FROM pg_xact_commit_timestamp(xmin)) * 1e6)::bigint
                FROM chunk
                """)
            .query((row, _) ->
                new Chunk(
                    row.getLong(1),
                    row.getInt(2),
                    HexFormat.of().formatHex(row.getBytes(3)),
                    row.getLong(4)))
            .list(),
        jdbc.sql(
                """
                SELECT fence, round, "values"[1] FROM sample WHERE measure = 'total_seconds'
                """)
            .query((row, _) -> new Sample(row.getLong(1), row.getInt(2), row.getDouble(3)))
            .list());
  }
}
