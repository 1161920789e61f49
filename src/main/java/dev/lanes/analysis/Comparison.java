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
 * The cells of a run compared along one axis.
 *
 * @param pivot the axis along which cells differ
 * @param baseline value of that axis that all others are compared with
 * @param confidence of every interval, after the correction for looking more than once
 * @param threshold smallest relative difference that matters anywhere; groups may ask for more
 * @param groups one for each combination of the other axes
 */
public record Comparison(
    UUID run,
    String pivot,
    @Schema(ref = "#/components/schemas/AxisValue") Object baseline,
    MeasureView measure,
    double confidence,
    double threshold,
    List<Group> groups) {

  /**
   * Cells that differ in the pivot only.
   *
   * @param axes what they have in common
   * @param headline the finding in one sentence; null while there is none
   * @param threshold smallest relative difference that matters in this group: more than elsewhere
   *     where its equal arms differ
   * @param placebo the group's first cell over itself: what differs here is noise; null without the
   *     baseline or rounds in common
   * @param anchor the baseline over a frozen program, which history is told by; likewise
   * @param roundsDirty rounds of the baseline's comparison group that something disturbed
   * @param fastest values of the pivot that are best, more than one when they cannot be told apart
   */
  public record Group(
      @Schema(ref = "#/components/schemas/Axes") Map<String, Object> axes,
      @Nullable String headline,
      double threshold,
      @Nullable Control placebo,
      @Nullable Control anchor,
      int roundsDirty,
      @ArraySchema(schema = @Schema(ref = "#/components/schemas/AxisValue")) List<Object> fastest,
      List<Entry> entries) {}

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
   * @param ratio contender over baseline, dimensionless: of a time, below 1 is faster
   * @param ciLow lower end of the ratio's interval; null with too few rounds for one
   * @param rounds rounds that both cells share
   * @param verdict {@code unknown} whatever the ratio where the cell's figures, or the baseline's,
   *     are invalid
   * @param adjustedP p-value of "equals the baseline", adjusted for the number of contenders in the
   *     group; null with one contender, whose interval decides alone
   * @param matters whether the whole interval lies beyond the threshold
   * @param roundsNeeded rounds that would about decide; null unless the verdict is unknown
   * @param sentence the finding in words, {@code 2.31× faster [2.24, 2.39]}
   * @param quality how far the cell's figures can be trusted; null without figures
   * @param qualityReasons what speaks against them, the weightiest first
   * @param roundRatios one ratio for each round, in order; empty for the baseline
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
      @Nullable Double ratio,
      @Nullable Double ciLow,
      @Nullable Double ciHigh,
      int rounds,
      @Nullable Verdict verdict,
      @Nullable Double adjustedP,
      boolean matters,
      @Nullable Integer roundsNeeded,
      @Nullable String sentence,
      @Nullable Quality quality,
      List<String> qualityReasons,
      List<Double> roundRatios,
      List<Boolean> roundDirty,
      @Nullable Clean clean,
      @Nullable Double totalRatio,
      @Nullable Double median,
      boolean preliminary) {}
}
