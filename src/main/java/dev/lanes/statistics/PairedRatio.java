package dev.lanes.statistics;

import java.util.Optional;

/**
 * The ratio of a contender to its baseline over paired rounds (dimensionless; for times, below 1 is
 * faster). It is kept as logarithms, so that swapping the two is an exact change of sign.
 *
 * @param logRatio Hodges–Lehmann location of the rounds' natural log ratios, contender over
 *     baseline
 * @param logInterval its interval at {@code confidence}; absent with too few rounds
 * @param logEquivalenceInterval its interval at 2·confidence − 1 (90 % beside 95 %), which two
 *     one-sided tests at level 1 − confidence compare with the limits of equivalence; absent with
 *     too few rounds
 * @param confidence asked confidence of {@code logInterval}, between 0.5 and 1
 * @param rounds number of rounds
 */
public record PairedRatio(
    double logRatio,
    Optional<Interval> logInterval,
    Optional<Interval> logEquivalenceInterval,
    double confidence,
    int rounds)
    implements Ratio {

  /** Confidence of the interval shown when the number of rounds was fixed beforehand. */
  public static final double CONFIDENCE = 0.95;

  /**
   * @throws IllegalArgumentException if the confidence is out of range or an interval does not
   *     contain the ratio
   */
  public PairedRatio {
    Ratio.requireConfidence(confidence);
    double estimate = logRatio;
    if (!logInterval.map(i -> i.contains(estimate)).orElse(true)
        || !logEquivalenceInterval.map(i -> i.contains(estimate)).orElse(true)) {
      throw new IllegalArgumentException(
          "log ratio %s lies outside its own interval %s or %s; take all from the same rounds"
              .formatted(logRatio, logInterval, logEquivalenceInterval));
    }
  }

  /**
   * Ratio with a 95 % interval, for a number of rounds that did not depend on what was measured.
   *
   * @throws IllegalArgumentException as {@link #of(double[], double)}
   */
  public static PairedRatio of(double[] logRatios) {
    return of(logRatios, CONFIDENCE);
  }

  /**
   * Ratio with an interval at the given confidence. For rounds that {@link StopRule} ended, pass
   * {@link StopRule#CONFIDENCE}: that interval, not the nominal 95 % one, then covers the truth in
   * about 95 % of attempts.
   *
   * @param logRatios one natural log ratio per round, contender over baseline, as {@link
   *     RoundStatistic#medianLogRatio()}; at least one
   * @param confidence between 0.5 and 1
   * @throws IllegalArgumentException if there is no round, a value is not finite or the confidence
   *     is out of range
   */
  public static PairedRatio of(double[] logRatios, double confidence) {
    Ratio.requireConfidence(confidence);
    HodgesLehmann location = HodgesLehmann.of(logRatios);
    return new PairedRatio(
        location.location(),
        location.interval(confidence),
        location.interval(2 * confidence - 1),
        confidence,
        location.size());
  }

  @Override
  public PairedRatio inverse() {
    return new PairedRatio(
        0.0 - logRatio,
        logInterval.map(Interval::negated),
        logEquivalenceInterval.map(Interval::negated),
        confidence,
        rounds);
  }
}
