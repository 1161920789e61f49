package dev.lanes.bench;

import dev.lanes.catalog.Outcome;
import dev.lanes.protocol.Chunk.CellEnding;
import dev.lanes.protocol.JobSpec;
import dev.lanes.protocol.JobSpec.CellSpec;
import dev.lanes.protocol.JobSpec.Group;
import dev.lanes.protocol.Precision;
import dev.lanes.worker.Measured;
import java.util.List;
import java.util.UUID;

/** Jobs as benchmarks ask for them. */
final class Jobs {

  private static final List<String> JUDGED = List.of("total_seconds", "steady_seconds");

  /** Far more than any job of a benchmark takes; the rounds end it. */
  private static final double NO_LIMIT_SECONDS = 4 * 3600;

  /** So wide that no result is imprecise, which would hide what else its quality says. */
  private static final double ANY_HALF_WIDTH = 9;

  private Jobs() {}

  /** A job of exactly so many rounds, however long they take. */
  static JobSpec ofRounds(String name, long seed, int rounds, List<Group> groups) {
    return ofRounds(name, seed, rounds, NO_LIMIT_SECONDS, groups);
  }

  /**
   * A job of so many rounds.
   *
   * @param seconds after which none begins; the pilot gets a tenth of them
   */
  static JobSpec ofRounds(String name, long seed, int rounds, double seconds, List<Group> groups) {
    return job(name, seed, new Precision(ANY_HALF_WIDTH, rounds, rounds, seconds, JUDGED), groups);
  }

  /** A job that ends by its own stop rule. */
  static JobSpec ofPrecision(
      String name, long seed, double halfWidth, int maxRounds, double seconds, List<Group> groups) {
    return job(
        name,
        seed,
        new Precision(halfWidth, 6, maxRounds, seconds, List.of("steady_seconds")),
        groups);
  }

  private static JobSpec job(String name, long seed, Precision precision, List<Group> groups) {
    return new JobSpec(UUID.randomUUID(), UUID.randomUUID(), name, seed, precision, null, groups);
  }

  /**
   * How a cell ended.
   *
   * @throws IllegalStateException if it failed, with its reason
   */
  static CellEnding ended(Measured measured, CellSpec cell) {
    CellEnding ending = measured.ending(cell.id());
    if (ending.outcome() != Outcome.SUCCEEDED) {
      throw new IllegalStateException(
          "%s with %s %s: %s"
              .formatted(cell.workload(), cell.model(), ending.outcome(), ending.reason()));
    }
    return ending;
  }
}
