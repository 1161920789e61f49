package dev.lanes.worker;

import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Chunk.RoundSamples;
import dev.lanes.protocol.Completion;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.JobSpec;
import dev.lanes.protocol.Lease;
import dev.lanes.protocol.Precision;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What goes into a spool, without a meaning. */
final class TestChunks {

  private TestChunks() {}

  static Lease lease(long fence) {
    return new Lease(
        fence,
        "secret",
        30_000,
        new JobSpec(
            UUID.randomUUID(),
            UUID.randomUUID(),
            "a run",
            1,
            new Precision(0.02, 1, 1, 1, List.of("total_seconds")),
            null,
            List.of()));
  }

  static Chunk chunk(int round) {
    return chunk(round, 1);
  }

  static Chunk chunk(int round, int samples) {
    return new Chunk(
        List.of(
            new RoundSamples(UUID.randomUUID(), round, "total_seconds", 0, new double[samples])),
        List.of(),
        List.of());
  }

  static Completion succeeded(int chunks) {
    return new Completion(AttemptOutcome.SUCCEEDED, chunks, null, Map.of("seed", 1));
  }
}
