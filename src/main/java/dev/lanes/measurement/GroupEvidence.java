package dev.lanes.measurement;

import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Measure;
import dev.lanes.protocol.Chunk.RoundEvidence;
import dev.lanes.statistics.Assessment;
import dev.lanes.statistics.Decision;
import dev.lanes.statistics.NoiseEvidence;
import dev.lanes.statistics.StopRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** What the rounds of a group show about the noise under its figures. */
final class GroupEvidence {

  /** Share of the processors that a cell must have used in one round to be bound by them. */
  private static final double PROCESSOR_BOUND = 0.95;

  private final CellGroup group;
  private final Site site;
  private final List<RoundEvidence> rounds = new ArrayList<>();
  private final Set<Integer> dirty = new HashSet<>();
  private int extendedTo;

  GroupEvidence(CellGroup group, Site site) {
    this.group = group;
    this.site = site;
  }

  void roundDone(RoundEvidence round) {
    rounds.add(round);
    if (!round.disturbances().isEmpty()) {
      dirty.add(round.round());
    }
  }

  /**
   * Whether to go on where the precision is reached: once, when fewer than half of the rounds were
   * clean, by as many rounds as could make it half.
   */
  boolean wantsMoreRounds(StopRule.Reason stop, int maxRounds) {
    if (stop != StopRule.Reason.PRECISE) {
      return false;
    }
    if (extendedTo == 0 && fewClean()) {
      extendedTo =
          Math.min(
              maxRounds, rounds.size() + Math.max(StopRule.STEP, 2 * dirty.size() - rounds.size()));
    }
    return rounds.size() < extendedTo && fewClean();
  }

  private boolean fewClean() {
    return 2 * dirty.size() > rounds.size();
  }

  /**
   * How far the figures of a cell can be trusted; null when it has none.
   *
   * @param measures those that are judged
   * @param imprecise why the asked precision was not reached; null when it was
   */
  @Nullable Assessment assess(CellRecord cell, List<Measure> measures, @Nullable String imprecise) {
    CellRecord baseline = group.baseline().orElse(null);
    if (!cell.alive() || cell.rounds() == 0 || baseline == null) {
      return null;
    }
    return Assessment.of(
        new NoiseEvidence(
            ratios(cell, baseline, measures, _ -> true),
            ratios(cell, baseline, measures, round -> !dirty.contains(round)),
            group
                .placebo()
                .map(placebo ->
                    GroupMeasurement.logRatios(
                        placebo, baseline, Measure.STEADY_SECONDS, _ -> true))
                .orElse(new double[0]),
            cell.counted(Measure.STEADY_SECONDS).values().toArray(double[][]::new),
            Decision.THRESHOLD,
            rounds.size(),
            dirty.size(),
            imprecise,
            cpuGap(cell),
            runDelayShare(cell),
            share("steal_share"),
            oversubscribed() ? OptionalDouble.empty() : share("pressure_cpu_share"),
            OptionalDouble.empty(), // the check of the host before the attempt has judged it
            faults(cell),
            warnings()));
  }

  private static List<double[]> ratios(
      CellRecord cell, CellRecord baseline, List<Measure> measures, IntPredicate which) {
    return cell == baseline || cell.role() != ArmRole.SUBJECT
        ? List.of()
        : measures.stream()
            .map(measure -> GroupMeasurement.logRatios(cell, baseline, measure, which))
            .toList();
  }

  /** More threads than processors wait for one another: that is no noise. */
  private boolean oversubscribed() {
    return group.cells().stream().anyMatch(this::oversubscribed);
  }

  private boolean oversubscribed(CellRecord cell) {
    return cell.cell().parallelism() > site.cpus().size();
  }

  /** Of the time of all its threads, as several may wait at once. */
  private OptionalDouble runDelayShare(CellRecord cell) {
    Map<Integer, double[]> waited = cell.counted(Measure.RUN_DELAY_SECONDS);
    if (waited.isEmpty() || oversubscribed(cell)) {
      return OptionalDouble.empty();
    }
    double wall = 0;
    double delay = 0;
    for (var round : waited.entrySet()) {
      wall += sum(cell.counted(Measure.STEADY_SECONDS).get(round.getKey())) * cell.loops();
      delay += sum(round.getValue());
    }
    return wall > 0 ? OptionalDouble.of(delay / (wall * threads(cell))) : OptionalDouble.empty();
  }

  private static int threads(CellRecord cell) {
    return cell.cell().model().equals("sequential") ? 1 : cell.cell().parallelism();
  }

  /**
   * What the cell did not get of the processors that it can use. It can use them if it did so in
   * one round; one that waits for something else, as for the GIL, never does.
   */
  private OptionalDouble cpuGap(CellRecord cell) {
    int most = Math.min(threads(cell), site.cpus().size());
    double used = 0;
    double usable = 0;
    double best = 0;
    for (var round : cell.counted(Measure.CPU_SECONDS).entrySet()) {
      double cpu = sum(round.getValue());
      double wall = sum(cell.counted(Measure.STEADY_SECONDS).get(round.getKey())) * most;
      used += cpu;
      usable += wall;
      best = Math.max(best, cpu / wall);
    }
    return best >= PROCESSOR_BOUND
        ? OptionalDouble.of(Math.max(0, 1 - used / usable))
        : OptionalDouble.empty();
  }

  private static double sum(double @Nullable [] values) {
    return values == null ? 0 : Arrays.stream(values).sum();
  }

  /** Mean over the rounds by their length; empty where the host does not count it. */
  private OptionalDouble share(String counter) {
    double seconds = 0;
    double weighted = 0;
    for (RoundEvidence round : rounds) {
      Double share = round.counters().get(counter);
      if (share != null) {
        seconds += round.seconds();
        weighted += share * round.seconds();
      }
    }
    return seconds > 0 ? OptionalDouble.of(weighted / seconds) : OptionalDouble.empty();
  }

  private List<String> faults(CellRecord cell) {
    List<String> faults = new ArrayList<>(site.faults());
    List<Integer> seen = cpus(cell.environment().get("cpus"));
    if (!seen.isEmpty() && !site.holds(seen)) {
      faults.add("its processes could use the CPUs %s, not %s".formatted(seen, site.cpus()));
    }
    return faults;
  }

  private static List<Integer> cpus(@Nullable Object told) {
    return told instanceof List<?> list
        ? list.stream().filter(Integer.class::isInstance).map(Integer.class::cast).toList()
        : List.of();
  }

  private List<String> warnings() {
    List<String> warnings = new ArrayList<>(site.warnings());
    if (fewClean()) {
      warnings.add(
          "the host was disturbed in %d of %d rounds, more than half"
              .formatted(dirty.size(), rounds.size()));
    }
    List<String> restless =
        group.cells().stream()
            .filter(CellRecord::restless)
            .map(cell -> cell.cell().model())
            .distinct()
            .toList();
    if (!restless.isEmpty()) {
      warnings.add(
          "the arms ran one after the other instead of in turns: parked workers of %s use the"
                  .formatted(String.join(", ", restless))
              + " processor");
    }
    return warnings;
  }
}
