package dev.lanes.measurement;

import dev.lanes.catalog.Measure;
import dev.lanes.protocol.Precision;
import dev.lanes.statistics.RoundStatistic;
import dev.lanes.statistics.StopRule;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * When a comparison group has been measured enough: every subject's ratio to the baseline, of each
 * measure that is judged, is as precise as asked. A baseline that is alone is judged by the spread
 * of its own values. Controls are never judged: they are measured as long as the subjects are.
 */
final class GroupMeasurement {

  private final CellGroup group;
  private final List<Measure> measures;
  private final StopRule rule;
  private int rounds;
  private List<StopRule.ArmPrecision> precision = List.of();

  /** The cell that each precision is of. */
  private List<CellRecord> judged = List.of();

  GroupMeasurement(CellGroup group, Precision asked) {
    this.group = group;
    this.measures =
        asked.measures().stream()
            .map(id ->
                Measure.of(id)
                    .orElseThrow(() ->
                        new IllegalArgumentException(
                            "this worker does not know the measure \"%s\"; update it"
                                .formatted(id))))
            .toList();
    this.rule = new StopRule(asked.minRounds(), asked.maxRounds(), asked.relativeHalfWidth());
  }

  /**
   * Takes note of a finished round, after which at least one subject must be alive.
   *
   * @param left time that the group may still take
   * @param nextRound what another round is expected to take
   * @return why to stop; empty to go on
   */
  Optional<StopRule.Reason> roundDone(Duration left, Duration nextRound) {
    rounds++;
    StopRule.Step step = rule.after(rounds, judgedRatios(group.subjects()), left, nextRound);
    precision = step.arms();
    return step.stop();
  }

  List<Measure> measures() {
    return measures;
  }

  int rounds() {
    return rounds;
  }

  int maxRounds() {
    return rule.maxRounds();
  }

  /**
   * Estimate of the rounds to come.
   *
   * @param planned rounds that the pilot takes to be needed, which holds until there is an interval
   */
  int roundsLeft(int planned) {
    int most = Math.max(rule.maxRounds() - rounds, 0);
    boolean known =
        !precision.isEmpty() && precision.stream().allMatch(arm -> arm.halfWidth().isPresent());
    int needed =
        known
            ? precision.stream().mapToInt(StopRule.ArmPrecision::roundsStillNeeded).max().orElse(0)
            : planned - rounds;
    return Math.clamp(needed, Math.min(1, most), most);
  }

  /**
   * Why the cell's own ratios are not as precise as asked; null when they are. The baseline, to
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
    return "±%s %% was not reached in %s, %s; it needs some %d more"
        .formatted(
            percent(rule.relativeHalfWidth()),
            rounds == 1 ? "1 round" : rounds + " rounds",
            end,
            needed);
  }

  private static String percent(double share) {
    return BigDecimal.valueOf(share * 100)
        .round(new MathContext(3))
        .stripTrailingZeros()
        .toPlainString();
  }

  private List<double[]> judgedRatios(List<CellRecord> subjects) {
    List<double[]> all = new ArrayList<>();
    List<CellRecord> of = new ArrayList<>();
    CellRecord baseline = subjects.getFirst();
    for (Measure measure : measures) {
      if (subjects.size() == 1) {
        all.add(logarithms(baseline, measure));
        of.add(baseline);
      }
      for (CellRecord contender : subjects.subList(1, subjects.size())) {
        all.add(logRatios(contender, baseline, measure, _ -> true));
        of.add(contender);
      }
    }
    judged = List.copyOf(of);
    return all;
  }

  /**
   * Log ratios of the rounds in which both cells have as many values, in order of the rounds.
   *
   * @param which rounds are taken
   */
  static double[] logRatios(
      CellRecord cell, CellRecord baseline, Measure measure, IntPredicate which) {
    Map<Integer, double[]> reference = baseline.counted(measure);
    return cell.counted(measure).entrySet().stream()
        .filter(round -> which.test(round.getKey()))
        .filter(round -> {
          double[] other = reference.get(round.getKey());
          return other != null && other.length == round.getValue().length;
        })
        .mapToDouble(round ->
            RoundStatistic.of(round.getValue(), reference.getOrDefault(round.getKey(), NONE))
                .medianLogRatio())
        .toArray();
  }

  private static final double[] NONE = {};

  /** One value per round: the logarithm of the cell's own value. */
  private static double[] logarithms(CellRecord cell, Measure measure) {
    return cell.counted(measure).values().stream()
        .mapToDouble(values -> {
          double[] one = new double[values.length];
          Arrays.fill(one, 1);
          return RoundStatistic.of(values, one).medianLogRatio();
        })
        .toArray();
  }
}
