package dev.lanes.run;

import dev.lanes.catalog.Outcome;
import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Chunk.CellEnding;
import dev.lanes.protocol.Chunk.RoundSamples;
import dev.lanes.protocol.JobSpec.CellSpec;
import dev.lanes.protocol.Lease;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a simulated worker says it found in the cells of a lease. */
public final class Cells {

  private Cells() {}

  /** Every cell of the lease in its order. */
  public static List<CellSpec> of(Lease lease) {
    return lease.job().groups().stream().flatMap(group -> group.cells().stream()).toList();
  }

  public static UUID first(Lease lease) {
    return of(lease).getFirst().id();
  }

  /** One value of {@code total_seconds} in a round. */
  public static RoundSamples total(UUID cell, int round, double seconds) {
    return new RoundSamples(cell, round, "total_seconds", 0, new double[] {seconds});
  }

  public static CellEnding succeeded(UUID cell, int rounds) {
    return new CellEnding(
        cell,
        Outcome.SUCCEEDED,
        null,
        null,
        "cpython-3.14.3-0badcafe",
        rounds,
        1,
        1,
        0,
        null,
        dev.lanes.catalog.Quality.STABLE,
        List.of(),
        Map.of());
  }

  public static CellEnding failed(UUID cell, Outcome outcome, String reason) {
    return new CellEnding(
        cell, outcome, reason, null, null, 0, 0, 0, 0, null, null, List.of(), Map.of());
  }

  /** One round of every cell and how they ended: all that a job needs, in one chunk. */
  public static Chunk everything(Lease lease, double seconds) {
    List<UUID> cells = of(lease).stream().map(CellSpec::id).toList();
    return new Chunk(
        cells.stream().map(cell -> total(cell, 0, seconds)).toList(),
        List.of(),
        cells.stream().map(cell -> succeeded(cell, 1)).toList());
  }

  /** One round of the first cell. */
  public static Chunk oneRound(Lease lease, int round, double seconds) {
    return new Chunk(List.of(total(first(lease), round, seconds)), List.of(), List.of());
  }
}
