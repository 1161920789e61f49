package dev.lanes.analysis;

import dev.lanes.analysis.Comparison.Warning;
import dev.lanes.catalog.Quality;
import dev.lanes.result.CellStanding;
import dev.lanes.statistics.Modes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What speaks against one ratio, in words. */
final class Doubts {

  /** The fewest that a run measures unless it asks for less. */
  private static final int ENOUGH_ROUNDS = 10;

  private final double threshold;
  private final List<Warning> warnings = new ArrayList<>();

  /**
   * @param threshold smallest relative difference that matters
   */
  Doubts(double threshold) {
    this.threshold = threshold;
  }

  void add(List<Warning> others) {
    warnings.addAll(others);
  }

  /** What is known against the figures of a side. */
  void quality(String side, CellStanding standing) {
    Quality quality = standing.quality();
    if (quality == null) {
      return;
    }
    switch (quality) {
      case NOISY -> quality(WarningCode.NOISY, side, standing);
      case IMPRECISE -> quality(WarningCode.IMPRECISE, side, standing);
      case UNSTABLE -> quality(WarningCode.UNSTABLE, side, standing);
      case STABLE, INVALID -> {
        // Nothing is wrong, or the verdict itself says what is.
      }
    }
  }

  private void quality(WarningCode code, String side, CellStanding standing) {
    warnings.add(
        new Warning(
            code,
            "%s is %s: %s"
                .formatted(
                    side,
                    code.name().toLowerCase(Locale.ROOT),
                    Headline.reasons(standing.qualityReasons()))));
  }

  void rounds(int rounds) {
    if (rounds < ENOUGH_ROUNDS) {
      warnings.add(
          new Warning(
              WarningCode.FEW_ROUNDS,
              "%s, fewer than %d"
                  .formatted(rounds == 1 ? "1 round" : rounds + " rounds", ENOUGH_ROUNDS)));
    }
  }

  /**
   * Whether the rounds fall into two clusters that differ by what matters.
   *
   * @param of what the rounds are of
   * @param logarithms of the rounds
   */
  void modes(String of, double[] logarithms) {
    Modes.of(logarithms)
        .filter(modes -> modes.upper() - modes.lower() > StrictMath.log1p(threshold))
        .ifPresent(modes ->
            warnings.add(
                new Warning(
                    WarningCode.BIMODAL,
                    String.format(
                        Locale.ROOT,
                        "the rounds of %s fall into two clusters: %d are %.2f× the other %d",
                        of,
                        modes.above(),
                        StrictMath.exp(modes.upper() - modes.lower()),
                        modes.below()))));
  }

  void total(double ratio) {
    warnings.add(
        new Warning(
            WarningCode.TAIL_HEAVY,
            String.format(
                Locale.ROOT,
                "few turns carry the difference: of summed values it is %.3f",
                ratio)));
  }

  List<Warning> warnings() {
    return List.copyOf(warnings);
  }
}
