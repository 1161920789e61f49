package dev.lanes.analysis;

import dev.lanes.catalog.MeasureView;
import dev.lanes.catalog.Outcome;
import dev.lanes.catalog.Quality;
import dev.lanes.statistics.Verdict;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Cells compared along one axis: those of a run, or those of two runs whose axes are all equal.
 *
 * @param against the run that it is compared with; null when cells of one run are compared
 * @param pivot the axis along which cells differ; {@code run} for two runs
 * @param baseline value of that axis that all others are compared with
 * @param confidence of every interval, after the correction for looking more than once
 * @param threshold smallest relative difference that matters anywhere; groups may ask for more
 * @param warnings of the entries, counted, and what concerns no entry
 * @param groups one for each combination of the other axes
 */
public record Comparison(
    UUID run,
    @Nullable UUID against,
    String pivot,
    @Schema(ref = "#/components/schemas/AxisValue") Object baseline,
    MeasureView measure,
    double confidence,
    double threshold,
    Summary summary,
    List<CommonWarning> warnings,
    List<Group> groups) {

  /**
   * All entries together. An entry counts when it has an interval and its figures are not invalid.
   *
   * @param compared entries that count
   * @param differ those of them that differ at the level: q-value at most that
   * @param better those of them in which the contender is better
   * @param worse those of them in which it is worse
   * @param level share of false ones among those that differ
   * @param sentence {@code 5 of 12 cells differ at FDR 5 %: 4 faster, 1 slower}
   * @param means one for each value of the pivot but the baseline
   */
  public record Summary(
      int compared,
      int differ,
      int better,
      int worse,
      double level,
      String sentence,
      List<Mean> means) {}

  /**
   * The geometric mean of one contender's ratios; its interval is of exactly these cells.
   *
   * @param cells how many ratios
   * @param ratio contender over baseline
   * @param min the smallest ratio
   * @param max the largest ratio
   * @param better cells in which it is better at the level
   * @param worse cells in which it is worse at the level
   * @param sentence the mean in words, {@code 1.02× slower [1.01, 1.03]}
   */
  public record Mean(
      @Schema(ref = "#/components/schemas/AxisValue") Object value,
      int cells,
      double ratio,
      double ciLow,
      double ciHigh,
      double min,
      double max,
      int better,
      int worse,
      String sentence) {}

  /**
   * What speaks against a figure.
   *
   * @param code stable, for programs
   * @param sentence for people
   */
  public record Warning(WarningCode code, String sentence) {}

  /**
   * A warning of the answer.
   *
   * @param sentence of the first entry that has it
   * @param entries how many have it; 0 for what concerns no entry
   */
  public record CommonWarning(WarningCode code, String sentence, int entries) {}

  /**
   * Cells that differ in the pivot only.
   *
   * @param axes what they have in common
   * @param headline the finding in one sentence; null while there is none, and where an entry is
   *     not paired
   * @param threshold smallest relative difference that matters in this group: more than elsewhere
   *     where its equal arms differ
   * @param placebo the group's first cell over itself: what differs here is noise; null without the
   *     baseline or rounds in common
   * @param anchor the baseline over a frozen program, which history is told by; likewise
   * @param roundsDirty rounds of the baseline's comparison group that something disturbed
   * @param fastest values of the pivot that are best, more than one when they cannot be told apart;
   *     none where an entry is not paired, since a rank is only for what shared its rounds
   */
  public record Group(
      @Schema(ref = "#/components/schemas/Axes") Map<String, Object> axes,
      @Nullable String headline,
      double threshold,
      @Nullable Control placebo,
      @Nullable Control anchor,
      int roundsDirty,
      @ArraySchema(schema = @Schema(ref = "#/components/schemas/AxisValue")) List<Object> fastest,
      List<Entry> entries) {

    Group with(List<Entry> others) {
      return new Group(
          axes, headline, threshold, placebo, anchor, roundsDirty, fastest, List.copyOf(others));
    }
  }

  /**
   * A control cell.
   *
   * @param ratio of the placebo to the cell that it repeats, or of the baseline to the anchor
   * @param ciLow lower end of the ratio's interval; null with too few rounds for one
   * @param rounds rounds that both cells share
   */
  public record Control(
      UUID cell, double ratio, @Nullable Double ciLow, @Nullable Double ciHigh, int rounds) {}

  /**
   * A ratio over some of the rounds.
   *
   * @param ciLow lower end of the ratio's interval; null with too few rounds for one
   */
  public record Clean(double ratio, @Nullable Double ciLow, @Nullable Double ciHigh, int rounds) {}

  /**
   * One cell against the baseline.
   *
   * @param value its value of the pivot
   * @param reason why there is no ratio, or how the cell ended
   * @param needs what would have to be asked for to get one, as it is written in the address,
   *     {@code across=host}; null where nothing helps
   * @param ratio contender over baseline, dimensionless: of a time, below 1 is faster
   * @param ciLow lower end of the ratio's interval; null with too few rounds for one
   * @param paired whether the ratio is of rounds that both share; else it is of two means, and what
   *     happened between them is in it; null without a ratio
   * @param rounds rounds that both cells share; unpaired, those of the cell that has fewer
   * @param verdict {@code unknown} whatever the ratio where the cell's figures, or the baseline's,
   *     are invalid
   * @param adjustedP p-value of "equals the baseline", adjusted for the number of contenders in the
   *     group; null with one contender, whose interval decides alone
   * @param pValue of the same, of this entry alone; null without an interval
   * @param qValue the smallest rate of false discoveries, over all comparisons of the answer, at
   *     which it differs
   * @param chance that a sample of this cell, taken at random, is better than one of the baseline
   * @param matters whether the whole interval lies beyond the threshold
   * @param roundsNeeded rounds that would about decide; null unless the verdict is unknown
   * @param sentence the finding in words, {@code 2.31× faster [2.24, 2.39]}
   * @param warnings what speaks against the ratio
   * @param quality how far the cell's figures can be trusted; null without figures
   * @param qualityReasons what speaks against them, the weightiest first
   * @param roundRatios one ratio for each round, in order; empty for the baseline and unpaired
   * @param roundDirty whether something disturbed that round, in the same order
   * @param clean the ratio over the undisturbed rounds; null when none is known to be
   * @param totalRatio ratio of the summed times; null unless it differs from {@code ratio}, which
   *     is of medians, by more than the threshold: then few turns carry the difference
   * @param median of the contender, in the unit of the measure
   * @param preliminary whether its job is still being measured
   */
  public record Entry(
      @Schema(ref = "#/components/schemas/AxisValue") Object value,
      UUID cell,
      @Nullable Outcome outcome,
      @Nullable String reason,
      @Nullable String needs,
      @Nullable Double ratio,
      @Nullable Double ciLow,
      @Nullable Double ciHigh,
      @Nullable Boolean paired,
      int rounds,
      @Nullable Verdict verdict,
      @Nullable Double adjustedP,
      @Nullable Double pValue,
      @Nullable Double qValue,
      @Nullable Double chance,
      boolean matters,
      @Nullable Integer roundsNeeded,
      @Nullable String sentence,
      List<Warning> warnings,
      @Nullable Quality quality,
      List<String> qualityReasons,
      List<Double> roundRatios,
      List<Boolean> roundDirty,
      @Nullable Clean clean,
      @Nullable Double totalRatio,
      @Nullable Double median,
      boolean preliminary) {

    /** The same among all comparisons of an answer. */
    Entry among(double q, List<Warning> all) {
      return new Entry(
          value,
          cell,
          outcome,
          reason,
          needs,
          ratio,
          ciLow,
          ciHigh,
          paired,
          rounds,
          verdict,
          adjustedP,
          pValue,
          q,
          chance,
          matters,
          roundsNeeded,
          sentence,
          List.copyOf(all),
          quality,
          qualityReasons,
          roundRatios,
          roundDirty,
          clean,
          totalRatio,
          median,
          preliminary);
    }
  }
}
