package dev.lanes.worker;

import dev.lanes.catalog.Measure;
import dev.lanes.protocol.Precision;
import dev.lanes.statistics.RoundStatistic;
import dev.lanes.statistics.StopRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a comparison group has been measured enough: every ratio to the group's first cell, of the
 * whole batch with start and end and of the batch on warm workers, is as precise as asked. A group
 * of one cell is judged by the spread of its own values.
 */
final class GroupMeasurement {

  private static final List<Measure> JUDGED =
      List.of(Measure.TOTAL_SECONDS, Measure.STEADY_SECONDS);

  private final List<CellRecord> cells;
  private final StopRule rule;
  private int rounds;
  private List<StopRule.ArmPrecision> precision = List.of();

  /** The cell that each precision is of. */
  private List<CellRecord> judged = List.of();

  GroupMeasurement(List<CellRecord> cells, Precision asked) {
    this.cells = cells;
    this.rule = new StopRule(asked.minRounds(), asked.maxRounds(), asked.relativeHalfWidth());
  }

  /**
   * Takes note of a finished round.
   *
   * @param left time that the group may still take
   * @param nextRound what another round is expected to take
   * @return why to stop; empty to go on
   */
  Optional<StopRule.Reason> roundDone(Duration left, Duration nextRound) {
    rounds++;
    List<CellRecord> alive = cells.stream().filter(CellRecord::alive).toList();
    if (alive.isEmpty()) {
      return Optional.of(StopRule.Reason.PRECISE);
    }
    StopRule.Step step = rule.after(rounds, logRatios(alive), left, nextRound);
    precision = step.arms();
    return step.stop();
  }

  int rounds() {
    return rounds;
  }

  /** Estimate of the rounds to come. */
  int roundsLeft() {
    int most = Math.max(rule.maxRounds() - rounds, 0);
    return precision.stream().mapToInt(StopRule.ArmPrecision::roundsStillNeeded).max().stream()
        .map(needed -> Math.clamp(needed, 1, Math.max(most, 1)))
        .findFirst()
        .orElse(most);
  }

  /**
   * Why the cell's own ratios are not as precise as asked; null when they are. The first cell, to
   * which the others are related, has none and is judged by itself only when it is alone.
   */
  @Nullable String imprecise(CellRecord cell, StopRule.Reason stopped) {
    int needed = 0;
    for (int i = 0; i < judged.size(); i++) {
      if (judged.get(i) == cell) {
        needed = Math.max(needed, precision.get(i).roundsStillNeeded());
      }
    }
    if (needed == 0) {
      return null;
    }
    String end =
        switch (stopped) {
          case MAX_ROUNDS -> "the most rounds that were asked for";
          case TIME_BUDGET -> "the end of the time budget";
          case PRECISE -> "the end";
        };
    return "±%s %% was not reached in %d rounds, %s; it needs some %d more"
        .formatted(percent(rule.relativeHalfWidth()), rounds, end, needed);
  }

  private static String percent(double share) {
    return java.math.BigDecimal.valueOf(share * 100)
        .round(new java.math.MathContext(3))
        .stripTrailingZeros()
        .toPlainString();
  }

  private List<double[]> logRatios(List<CellRecord> alive) {
    List<double[]> all = new ArrayList<>();
    List<CellRecord> of = new ArrayList<>();
    CellRecord baseline = alive.getFirst();
    for (Measure measure : JUDGED) {
      if (alive.size() == 1) {
        all.add(values(baseline, null, measure));
        of.add(baseline);
      }
      for (CellRecord contender : alive.subList(1, alive.size())) {
        all.add(values(contender, baseline, measure));
        of.add(contender);
      }
    }
    judged = List.copyOf(of);
    return all;
  }

  /** One value per round: the log ratio to the baseline, or of the values themselves. */
  private double[] values(CellRecord cell, @Nullable CellRecord baseline, Measure measure) {
    double[] values = new double[rounds];
    int count = 0;
    for (int round = 0; round < rounds; round++) {
      double[] own = cell.counted(measure, round);
      double[] other = own == null || baseline == null ? own : baseline.counted(measure, round);
      if (own != null && other != null) {
        double[] reference = baseline == null ? new double[own.length] : other;
        if (baseline == null) {
          java.util.Arrays.fill(reference, 1);
        }
        values[count++] = RoundStatistic.of(own, reference).medianLogRatio();
      }
    }
    return java.util.Arrays.copyOf(values, count);
  }
}
