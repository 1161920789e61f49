package dev.lanes.measurement;

import dev.lanes.arm.ArmCommand;
import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Measure;
import dev.lanes.protocol.Chunk.RoundEvidence.Layout;
import dev.lanes.protocol.Precision;
import dev.lanes.statistics.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Decides how a group is measured: as before where every arm is known, else by a pilot. */
final class Preparation {

  /** Part of the group's time that a pilot may take. */
  private static final double PILOT_SHARE = 0.1;

  private final CellGroup group;
  private final Precision precision;
  private final Calibrations calibrations;
  private final Supplier<Round> rounds;

  Preparation(
      CellGroup group, Precision precision, Calibrations calibrations, Supplier<Round> rounds) {
    this.group = group;
    this.precision = precision;
    this.calibrations = calibrations;
    this.rounds = rounds;
  }

  /**
   * How to measure; each living cell then knows its batches per slice and its warm-ups.
   *
   * @param seconds that the group may take
   */
  GroupPlan plan(double seconds) throws Stopped {
    Map<CellRecord, Calibration> known = new HashMap<>();
    for (CellRecord cell : group.alive()) {
      calibrations.of(cell.command()).ifPresent(found -> known.put(cell, found));
    }
    return known.size() == group.alive().size() ? reuse(known, seconds) : pilot(seconds);
  }

  /** The same, whatever is known from before. */
  GroupPlan pilot(double seconds) throws Stopped {
    double most = PILOT_SHARE * seconds;
    return new Pilot(group, precision, rounds).run(most, seconds - most);
  }

  private GroupPlan reuse(Map<CellRecord, Calibration> known, double seconds) {
    List<CellRecord> compared = new ArrayList<>();
    List<CellRecord> anchors = new ArrayList<>();
    known.forEach((cell, calibration) -> {
      cell.loops(calibration.loops());
      if (calibration.restless()) {
        cell.foundRestless();
      }
      (cell.role() == ArmRole.ANCHOR ? anchors : compared).add(cell);
    });
    int warmups = warm(compared, known);
    warm(anchors, known);
    double turn = known.values().stream().mapToDouble(Calibration::sliceSeconds).sum();
    double process = known.values().stream().mapToDouble(Calibration::processSeconds).sum();
    int wanted =
        known.values().stream().mapToInt(Calibration::turns).max().orElse(Turns.unknowing(turn));
    double spread = known.values().stream().mapToDouble(Calibration::roundSpread).max().orElse(0);
    int turns = Pilot.within(seconds, wanted, process, turn, warmups, precision);
    return new GroupPlan(
        turns,
        known.values().stream().anyMatch(Calibration::restless) ? Layout.ONE_BY_ONE : Layout.TURNS,
        spread > 0 ? planned(spread) : precision.maxRounds(),
        process + (warmups + turns) * turn,
        known.values().stream().allMatch(Calibration::steady),
        true,
        0,
        0);
  }

  private static int warm(List<CellRecord> cells, Map<CellRecord, Calibration> known) {
    int warmups =
        known.entrySet().stream()
            .filter(entry -> cells.contains(entry.getKey()))
            .mapToInt(entry -> entry.getValue().warmups())
            .max()
            .orElse(0);
    cells.forEach(cell -> cell.warmups(warmups));
    return warmups;
  }

  private int planned(double spread) {
    return Math.clamp(
        Plan.roundsForHalfWidth(spread, precision.relativeHalfWidth()),
        precision.minRounds(),
        precision.maxRounds());
  }

  /**
   * Keeps for later attempts what the rounds have shown; an arm whose slices have become too long
   * or too short is forgotten.
   *
   * @param processSeconds what the processes of a round take beside their slices
   */
  void remember(GroupPlan plan, double processSeconds) {
    Map<ArmCommand, Optional<Calibration>> found = new HashMap<>();
    // A placebo is the same arm as its baseline.
    List<CellRecord> arms =
        group.alive().stream().filter(cell -> cell.role() != ArmRole.PLACEBO).toList();
    for (CellRecord cell : arms) {
      double[] batches =
          cell.counted(Measure.STEADY_SECONDS).values().stream()
              .flatMapToDouble(Arrays::stream)
              .toArray();
      if (batches.length > 0) {
        double slice = Numbers.median(batches) * cell.loops();
        found.put(
            cell.command(),
            Turns.misses(cell.loops(), slice)
                ? Optional.empty()
                : Optional.of(
                    new Calibration(
                        cell.loops(),
                        cell.warmups(),
                        plan.turns(),
                        slice,
                        processSeconds / group.alive().size(),
                        spread(cell),
                        plan.steady(),
                        cell.restless())));
      }
    }
    calibrations.update(found);
  }

  private double spread(CellRecord cell) {
    double[] ratios =
        group
            .baseline()
            .filter(baseline -> baseline != cell && cell.role() != ArmRole.ANCHOR)
            .map(baseline ->
                GroupMeasurement.logRatios(cell, baseline, Measure.STEADY_SECONDS, _ -> true))
            .orElse(new double[0]);
    return ratios.length > 1 ? Math.sqrt(Numbers.variance(ratios)) : 0;
  }
}
