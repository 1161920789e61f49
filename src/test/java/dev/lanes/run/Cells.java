package dev.lanes.run;

import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Outcome;
import dev.lanes.catalog.Quality;
import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Chunk.CellEnding;
import dev.lanes.protocol.Chunk.RoundEvidence;
import dev.lanes.protocol.Chunk.RoundSamples;
import dev.lanes.protocol.JobSpec.CellSpec;
import dev.lanes.protocol.Lease;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a simulated worker says it found in the cells of a lease. */
public final class Cells {

  private Cells() {}

  /** Every cell of the lease in its order, of each group the subjects first. */
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

  /** The control of the first group, or null. */
  public static @Nullable CellSpec control(Lease lease, ArmRole role) {
    return lease.job().groups().getFirst().cells().stream()
        .filter(cell -> cell.role() == role)
        .findFirst()
        .orElse(null);
  }

  /** What the host was like in one round; without a disturbance it was clean. */
  public static RoundEvidence evidence(int group, int round, String... disturbances) {
    return new RoundEvidence(
        group,
        round,
        0.5,
        42 + round,
        RoundEvidence.Layout.TURNS,
        Map.of("cpu_before_seconds", 0.01),
        Map.of("steal_share", 0.0),
        List.of(disturbances));
  }

  public static CellEnding succeeded(UUID cell, int rounds) {
    return ended(cell, rounds, Quality.STABLE);
  }

  /** A cell with figures, and how far they can be trusted. */
  public static CellEnding ended(UUID cell, int rounds, Quality quality, String... reasons) {
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
        quality,
        List.of(reasons),
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
