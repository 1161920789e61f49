package dev.lanes.analysis;

import dev.lanes.catalog.MeasureView;
import dev.lanes.catalog.Outcome;
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
 * @param threshold smallest relative difference that matters
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
   * @param fastest values of the pivot that are best, more than one when they cannot be told apart
   */
  public record Group(
      @Schema(ref = "#/components/schemas/Axes") Map<String, Object> axes,
      @Nullable String headline,
      @ArraySchema(schema = @Schema(ref = "#/components/schemas/AxisValue")) List<Object> fastest,
      List<Entry> entries) {}

  /**
   * One cell against the baseline.
   *
   * @param value its value of the pivot
   * @param reason why there is no ratio, or how the cell ended
   * @param ratio contender over baseline, dimensionless: of a time, below 1 is faster
   * @param ciLow lower end of the ratio's interval; null with too few rounds for one
   * @param rounds rounds that both cells share
   * @param matters whether the whole interval lies beyond the threshold
   * @param roundsNeeded rounds that would about decide; null unless the verdict is unknown
   * @param sentence the finding in words, {@code 2.31× faster [2.24, 2.39]}
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
      boolean matters,
      @Nullable Integer roundsNeeded,
      @Nullable String sentence,
      @Nullable Double median,
      boolean preliminary) {}
}
