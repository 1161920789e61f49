package dev.lanes.statistics;

import dev.lanes.catalog.Measure;
import dev.lanes.catalog.Measure.Better;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The verdict on a ratio, with what qualifies it. The first rule that matches decides:
 *
 * <ol>
 *   <li>the interval lies wholly beyond the threshold: faster or slower, and it matters;
 *   <li>the interval excludes 1: faster or slower;
 *   <li>the equivalence interval lies within [1/(1+δ), 1+δ], δ being the threshold but at most 2 %:
 *       same (two one-sided tests);
 *   <li>otherwise unknown.
 * </ol>
 *
 * <p>Without an interval it is always unknown, even where the equivalence interval, which exists
 * from fewer rounds on, would fit.
 *
 * <p>A difference that is both proven and proven to be small is therefore faster or slower, with
 * {@code negligible} set: hiding a proven direction would lose what the rounds have shown, and the
 * two flags say how much it is worth.
 *
 * @param verdict the outcome for the contender
 * @param matters the whole interval lies beyond the threshold
 * @param negligible the whole equivalence interval lies within the threshold and within 2 %
 * @param roundsNeeded only when unknown: total rounds of a new run that would about decide
 * @param sentence the finding in words, always as a factor of at least 1: {@code 2.31× faster
 *     [2.24, 2.39]}; the same but for the word when contender and baseline are swapped
 */
public record Decision(
    Verdict verdict,
    boolean matters,
    boolean negligible,
    OptionalInt roundsNeeded,
    String sentence) {

  /** Default threshold δ: differences below 2 % have no practical weight. */
  public static final double THRESHOLD = 0.02;

  /** Family-wise level of the arms of one group. */
  private static final double ADJUSTED_LEVEL = 0.05;

  /** Room above what equal arms show, since their interval is an estimate too. */
  private static final double PLACEBO_FACTOR = 1.5;

  /**
   * Judges a ratio.
   *
   * @param ratio contender over baseline
   * @param better which direction of the measure is better
   * @param threshold smallest relative difference that matters, above 0, as 0.02; compared
   *     symmetrically on the log scale
   * @throws IllegalArgumentException if the threshold is not positive and finite
   */
  public static Decision of(Ratio ratio, Better better, double threshold) {
    return of(ratio, better, threshold, OptionalDouble.empty());
  }

  /**
   * Judges a ratio of times, or of a rate of work, among those of several arms; see {@link
   * #of(Ratio, Measure, double, OptionalDouble)}.
   *
   * @throws IllegalArgumentException likewise
   */
  public static Decision of(
      Ratio ratio, Better better, double threshold, OptionalDouble adjustedP) {
    return of(ratio, better, Measure.TOTAL_SECONDS.words(), threshold, adjustedP);
  }

  /**
   * Judges a ratio among those of several arms: a direction is told only when it also holds for
   * their number.
   *
   * @param ratio contender over baseline
   * @param measure of both; says which direction is better, and in which words
   * @param threshold smallest relative difference that matters, above 0, as 0.02; compared
   *     symmetrically on the log scale
   * @param adjustedP {@link SignFlip.Arm#adjustedP()} of this arm; above 0.05 it is neither faster
   *     nor slower. Absent when there is one arm only.
   * @throws IllegalArgumentException if the threshold is not positive and finite or the p-value not
   *     between 0 and 1
   */
  public static Decision of(
      Ratio ratio, Measure measure, double threshold, OptionalDouble adjustedP) {
    return of(ratio, measure.better(), measure.words(), threshold, adjustedP);
  }

  /**
   * The ratio alone in words, {@code 2.31× faster [2.24, 2.39]}, whatever it proves.
   *
   * @param ratio contender over baseline
   * @param measure of both
   */
  public static String words(Ratio ratio, Measure measure) {
    return new Wording(advantage(ratio, measure.better()), THRESHOLD, measure.words()).factor();
  }

  private static Ratio advantage(Ratio ratio, Better better) {
    return switch (better) {
      case LOWER -> ratio.inverse();
      case HIGHER -> ratio;
    };
  }

  private static Decision of(
      Ratio ratio, Better better, Measure.Words words, double threshold, OptionalDouble adjustedP) {
    requireThreshold(threshold);
    if (adjustedP.isPresent() && !(adjustedP.getAsDouble() >= 0 && adjustedP.getAsDouble() <= 1)) {
      throw new IllegalArgumentException(
          "adjusted p %s: must lie between 0 and 1; pass none for a single arm"
              .formatted(adjustedP.getAsDouble()));
    }
    boolean overruled = adjustedP.orElse(0) > ADJUSTED_LEVEL;
    Ratio speed = advantage(ratio, better);
    double limit = StrictMath.log1p(threshold);
    double margin = Math.min(threshold, THRESHOLD);
    double sameLimit = StrictMath.log1p(margin);
    boolean matters =
        !overruled
            && speed.logInterval().map(i -> i.lower() > limit || i.upper() < -limit).orElse(false);
    boolean negligible =
        speed
            .logInterval()
            .flatMap(i -> speed.logEquivalenceInterval())
            .map(i -> i.lower() >= -sameLimit && i.upper() <= sameLimit)
            .orElse(false);
    Verdict verdict = verdict(speed, negligible, overruled);
    OptionalInt roundsNeeded =
        verdict == Verdict.UNKNOWN
            ? OptionalInt.of(roundsToDecide(speed, sameLimit, adjustedP))
            : OptionalInt.empty();
    String sentence =
        new Wording(speed, margin, words).of(verdict, negligible, roundsNeeded, adjustedP);
    return new Decision(verdict, matters, negligible, roundsNeeded, sentence);
  }

  /**
   * The threshold below which a comparison cannot see. It raises what matters, never what passes as
   * the same, which on a noisy host would be everything: the larger of {@link #THRESHOLD} and one
   * and a half times what equal arms differ by in the same rounds.
   *
   * @param placebo the placebo over the baseline it repeats; empty or without an interval when its
   *     noise is not known, which {@link Assessment} tells
   */
  public static double threshold(Optional<PairedRatio> placebo) {
    OptionalDouble halfWidth = placebo.map(PairedRatio::halfWidth).orElse(OptionalDouble.empty());
    return Math.max(THRESHOLD, PLACEBO_FACTOR * StrictMath.expm1(halfWidth.orElse(0)));
  }

  static void requireThreshold(double threshold) {
    if (!(threshold > 0) || Double.isInfinite(threshold)) {
      throw new IllegalArgumentException(
          "threshold %s: must be positive, as 0.02 for 2 %% is".formatted(threshold));
    }
  }

  private static Verdict verdict(Ratio speed, boolean negligible, boolean overruled) {
    if (!overruled && speed.logInterval().isPresent() && !speed.logInterval().get().contains(0)) {
      return speed.logRatio() > 0 ? Verdict.FASTER : Verdict.SLOWER;
    }
    return negligible ? Verdict.SAME : Verdict.UNKNOWN;
  }

  /**
   * If the estimate stays, the interval excludes 1 once its half width is below the estimate, and
   * the equivalence interval fits once its half width is below the room left to the limit; half
   * widths shrink with the root of the rounds, and the normal quantile of the adjusted p-value
   * grows with it.
   */
  private static int roundsToDecide(Ratio speed, double limit, OptionalDouble adjustedP) {
    if (speed.logInterval().isEmpty() || speed.logEquivalenceInterval().isEmpty()) {
      return SignedRank.smallestSize(1 - speed.confidence());
    }
    int rounds = speed.rounds();
    double distance = Math.abs(speed.logRatio());
    double direction =
        Math.max(
            rounds(rounds, speed.logInterval().get().halfWidth(), distance),
            adjustedP.isPresent()
                ? rounds(rounds, quantile(ADJUSTED_LEVEL), quantile(adjustedP.getAsDouble()))
                : 0);
    double equivalence =
        rounds(rounds, speed.logEquivalenceInterval().get().halfWidth(), limit - distance);
    return (int) Math.max(rounds + 1.0, Math.min(direction, equivalence));
  }

  /** How many standard errors a two-sided p-value is away from zero. */
  private static double quantile(double pValue) {
    return NormalDistribution.of(0, 1).inverseSurvivalProbability(pValue / 2);
  }

  /**
   * Rounds after which a half width is about the wanted one: rounds · (half width / wanted)²,
   * rounded up; at most {@link Integer#MAX_VALUE}, also when the wanted one is not positive.
   */
  static int rounds(int rounds, double halfWidth, double wanted) {
    if (wanted <= 0) {
      return Integer.MAX_VALUE;
    }
    double factor = halfWidth / wanted;
    return (int) Math.min(Integer.MAX_VALUE, Math.ceil(rounds * factor * factor));
  }
}
