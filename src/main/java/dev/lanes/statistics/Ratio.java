package dev.lanes.statistics;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A ratio of contender to baseline (dimensionless), kept as logarithms, so that swapping the two is
 * an exact change of sign.
 */
public sealed interface Ratio permits PairedRatio, UnpairedRatio, GeometricMean {

  /** Natural logarithm of contender over baseline. */
  double logRatio();

  /** Its interval at {@link #confidence()}; absent where there is too little to tell one. */
  Optional<Interval> logInterval();

  /**
   * Its interval at 2·confidence − 1 (90 % beside 95 %), which two one-sided tests at level 1 −
   * confidence compare with the limits of equivalence; absent as the other one.
   */
  Optional<Interval> logEquivalenceInterval();

  /** Asked confidence of {@link #logInterval()}, between 0.5 and 1. */
  double confidence();

  /** Number of rounds behind it; where the two sides have different ones, the smaller. */
  int rounds();

  /** Baseline over contender: the reciprocal with bounds swapped, exact and its own inverse. */
  Ratio inverse();

  /** Contender over baseline. */
  default double ratio() {
    return StrictMath.exp(logRatio());
  }

  /** Interval of {@link #ratio()} at {@link #confidence()}; absent as its logarithm. */
  default Optional<Interval> interval() {
    return logInterval().map(Interval::exponentiated);
  }

  /**
   * Relative half width (ln U − ln L)/2 of the interval, dimensionless: 0.02 is about ±2 %; absent
   * as the interval.
   */
  default OptionalDouble halfWidth() {
    return logInterval().map(Interval::halfWidth).stream().mapToDouble(h -> h).findFirst();
  }

  /**
   * @throws IllegalArgumentException if the confidence is not between 0.5 and 1
   */
  static void requireConfidence(double confidence) {
    if (!(confidence > 0.5 && confidence < 1)) {
      throw new IllegalArgumentException(
          "confidence %s: must lie between 0.5 and 1, as 0.95 does".formatted(confidence));
    }
  }
}
