package dev.lanes.analysis;

import dev.lanes.analysis.Comparison.Warning;
import dev.lanes.catalog.Quality;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ratio of one cell of a run to another.
 *
 * @param ratio contender over baseline, dimensionless; null without figures of both
 * @param ciLow lower end of its 95 % interval; null with too few rounds for one
 * @param ciHigh upper end; likewise
 * @param paired whether the ratio is of rounds that both share; null without a ratio
 * @param rounds rounds that both cells share; unpaired, those of the cell that has fewer
 * @param quality of the cell that can be trusted less; null without figures
 * @param reason why there is no ratio, or why it must not be relied on; null when it may be
 * @param warnings what speaks against the ratio
 */
public record CellRatio(
    @Nullable Double ratio,
    @Nullable Double ciLow,
    @Nullable Double ciHigh,
    @Nullable Boolean paired,
    int rounds,
    @Nullable Quality quality,
    @Nullable String reason,
    List<Warning> warnings) {

  static CellRatio without(String reason) {
    return new CellRatio(null, null, null, null, 0, null, reason, List.of());
  }
}
