package dev.lanes.claim;

import dev.lanes.analysis.CellRatio;
import dev.lanes.analysis.Comparison.Warning;
import dev.lanes.catalog.Outcome;
import dev.lanes.catalog.Quality;
import dev.lanes.result.CellStanding;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a run says of one condition.
 *
 * @param condition its place in the claim, from 0
 * @param verdict null where the condition only shows a figure
 * @param ratio scaled ratio, contender over baseline, dimensionless; null without figures of both
 * @param ciLow lower end of its 95 % interval; null without one
 * @param ciHigh upper end; likewise
 * @param contender id of its cell; null where the run has none such
 * @param baseline likewise; null too where the condition has no baseline
 * @param paired whether both shared their rounds; null without a ratio
 * @param quality of the cell that can be trusted less; null without figures
 * @param reason why the verdict does not rest on the ratio; null when it does
 * @param warnings what speaks against the ratio
 */
record Finding(
    int condition,
    @Nullable ClaimVerdict verdict,
    @Nullable Double ratio,
    @Nullable Double ciLow,
    @Nullable Double ciHigh,
    @Nullable UUID contender,
    @Nullable UUID baseline,
    @Nullable Boolean paired,
    int rounds,
    @Nullable Quality quality,
    @Nullable String reason,
    List<Warning> warnings) {

  /** Of a condition whose cells the run does not have. */
  static Finding missing(int number, Condition condition, String reason) {
    return new Finding(
        number,
        condition.decides() ? ClaimVerdict.NOT_TESTABLE : null,
        null,
        null,
        null,
        null,
        null,
        null,
        0,
        null,
        reason,
        List.of());
  }

  /** Of a condition on the ratio of two cells. */
  static Finding of(
      int number, Condition condition, UUID contender, UUID baseline, CellRatio ratio) {
    double factor = condition.factor();
    Double low = ratio.ciLow();
    Double high = ratio.ciHigh();
    boolean bounded = low != null && high != null;
    return new Finding(
        number,
        verdict(condition, ratio),
        ratio.ratio() == null ? null : (Double) (ratio.ratio() * factor),
        bounded ? (Double) (low * factor) : null,
        bounded ? (Double) (high * factor) : null,
        contender,
        baseline,
        ratio.paired(),
        ratio.rounds(),
        ratio.quality(),
        ratio.reason(),
        ratio.warnings());
  }

  private static @Nullable ClaimVerdict verdict(Condition condition, CellRatio ratio) {
    Band band = condition.band();
    if (band == null) {
      return null;
    }
    if (ratio.ratio() == null) {
      return ClaimVerdict.NOT_TESTABLE;
    }
    Double low = ratio.ciLow();
    Double high = ratio.ciHigh();
    return ratio.reason() != null || low == null || high == null
        ? ClaimVerdict.INCONCLUSIVE
        : band.verdict(low * condition.factor(), high * condition.factor());
  }

  /** Of a condition that a cell's tasks succeed. */
  static Finding of(int number, CellStanding standing) {
    Outcome outcome = standing.outcome();
    return new Finding(
        number,
        verdict(outcome),
        null,
        null,
        null,
        standing.cell(),
        null,
        null,
        standing.rounds(),
        standing.quality(),
        outcome == Outcome.SUCCEEDED ? null : standing.ending(),
        List.of());
  }

  private static ClaimVerdict verdict(@Nullable Outcome outcome) {
    if (outcome == null) {
      return ClaimVerdict.NOT_TESTABLE;
    }
    return switch (outcome) {
      case SUCCEEDED -> ClaimVerdict.CONFIRMED;
      case WRONG_RESULT, EXCEPTION, IMPORT_ERROR, GIL_MISMATCH, CRASHED -> ClaimVerdict.REFUTED;
      // How long and in how much memory was not claimed.
      case TIMED_OUT, OUT_OF_MEMORY -> ClaimVerdict.INCONCLUSIVE;
      case UNSUPPORTED, CANCELLED, NOT_MEASURED -> ClaimVerdict.NOT_TESTABLE;
    };
  }
}
