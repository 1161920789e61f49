package dev.lanes.statistics;

import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The ratio of a contender to its baseline that were measured in different rounds: the difference
 * of the means of their rounds' logarithms, with Welch's interval. Nothing cancels what the host
 * did between the two, unless the logarithms are already of ratios to something that was measured
 * in the same rounds.
 *
 * <p>Source: B. Welch, The generalization of "Student's" problem when several different population
 * variances are involved, Biometrika 34 (1947); degrees of freedom: F. Satterthwaite, Biometrics
 * Bulletin 2 (1946).
 *
 * @param logRatio mean of the contender's logarithms minus that of the baseline's
 * @param logInterval absent with fewer than 6 rounds on either side, as for pairs
 * @param logEquivalenceInterval likewise
 * @param pValue two-sided, of "both means are equal"; absent likewise
 */
public record UnpairedRatio(
    double logRatio,
    Optional<Interval> logInterval,
    Optional<Interval> logEquivalenceInterval,
    double confidence,
    int contenderRounds,
    int baselineRounds,
    OptionalDouble pValue)
    implements Ratio {

  /** Below, the expansion is too far off to begin with. */
  private static final double FEWEST_DEGREES = 4;

  /** Three suffice; the last digit may flicker. */
  private static final int MAX_STEPS = 6;

  /**
   * @throws IllegalArgumentException if the confidence is not between 0.5 and 1
   */
  public UnpairedRatio {
    Ratio.requireConfidence(confidence);
  }

  /**
   * Compares the means of two independent groups of rounds. Swapping them changes exactly the
   * signs.
   *
   * @param contender one natural logarithm per round; at least one
   * @param baseline likewise; the numbers of rounds may differ
   * @param confidence between 0.5 and 1
   * @throws IllegalArgumentException if a side has no round, a value is not finite or the
   *     confidence is out of range
   */
  public static UnpairedRatio of(double[] contender, double[] baseline, double confidence) {
    Ratio.requireConfidence(confidence);
    Spread of = Spread.of(contender);
    Spread over = Spread.of(baseline);
    double difference = of.mean() - over.mean() + 0.0;
    boolean enough =
        Math.min(of.size(), over.size()) >= SignedRank.smallestSize(1 - StopRule.CONFIDENCE);
    double error = StrictMath.sqrt(of.squaredError() + over.squaredError());
    double degrees = enough ? degrees(of, over) : 0;
    return new UnpairedRatio(
        difference,
        enough ? Optional.of(around(difference, error, degrees, confidence)) : Optional.empty(),
        enough
            ? Optional.of(around(difference, error, degrees, 2 * confidence - 1))
            : Optional.empty(),
        confidence,
        of.size(),
        over.size(),
        enough ? OptionalDouble.of(pValue(difference, error, degrees)) : OptionalDouble.empty());
  }

  /**
   * The difference of the means alone, exactly as {@link #logRatio()}.
   *
   * @throws IllegalArgumentException if a side has no round or a value is not finite
   */
  public static double logRatio(double[] contender, double[] baseline) {
    return Spread.of(contender).mean() - Spread.of(baseline).mean() + 0.0;
  }

  @Override
  public int rounds() {
    return Math.min(contenderRounds, baselineRounds);
  }

  @Override
  public UnpairedRatio inverse() {
    return new UnpairedRatio(
        0.0 - logRatio,
        logInterval.map(Interval::negated),
        logEquivalenceInterval.map(Interval::negated),
        confidence,
        baselineRounds,
        contenderRounds,
        pValue);
  }

  private static double degrees(Spread of, Spread over) {
    double one = of.squaredError();
    double other = over.squaredError();
    return one + other == 0
        ? of.degrees() + over.degrees()
        : (one + other)
            * (one + other)
            / (one * one / of.degrees() + other * other / over.degrees());
  }

  /** Student's interval of an estimate with a standard error. */
  static Interval around(double estimate, double error, double degrees, double confidence) {
    double quantile = quantile(degrees, (1 - confidence) / 2);
    return new Interval(estimate - quantile * error + 0.0, estimate + quantile * error + 0.0);
  }

  /**
   * What Student's t exceeds with the given probability, by Newton's method from the expansion of
   * R. Fisher and E. Cornish, Technometrics 2 (1960): an answer has thousands, and the library's
   * search takes several times as long for the same digits.
   */
  private static double quantile(double degrees, double tail) {
    TDistribution t = TDistribution.of(degrees);
    if (degrees < FEWEST_DEGREES) {
      return t.inverseSurvivalProbability(tail);
    }
    double z = NormalDistribution.of(0, 1).inverseSurvivalProbability(tail);
    double square = z * z;
    double quantile =
        z
            + z * (square + 1) / (4 * degrees)
            + z * ((5 * square + 16) * square + 3) / (96 * degrees * degrees);
    for (int step = 0; step < MAX_STEPS; step++) {
      double change = (t.survivalProbability(quantile) - tail) / t.density(quantile);
      quantile += change;
      if (Math.abs(change) < 1e-14 * quantile) {
        break;
      }
    }
    return quantile;
  }

  private static double pValue(double difference, double error, double degrees) {
    if (error == 0) {
      return difference == 0 ? 1 : 0;
    }
    return 2 * TDistribution.of(degrees).survivalProbability(Math.abs(difference) / error);
  }
}
