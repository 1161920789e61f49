package dev.lanes.bench;

import dev.lanes.statistics.Interval;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Difference of two means of independent samples with unequal spreads, with its 95 % interval.
 * Source: B. Welch, The generalization of "Student's" problem when several different population
 * variances are involved, Biometrika 34 (1947).
 */
record Welch(double difference, Interval interval) {

  /**
   * @param first at least two values
   * @param second likewise
   */
  static Welch of(double[] first, double[] second) {
    double difference = mean(second) - mean(first);
    double one = variance(first) / first.length;
    double other = variance(second) / second.length;
    double error = Math.sqrt(one + other);
    double freedom =
        (one + other)
            * (one + other)
            / (one * one / (first.length - 1) + other * other / (second.length - 1));
    double reach =
        error == 0 ? 0 : TDistribution.of(freedom).inverseCumulativeProbability(0.975) * error;
    return new Welch(difference, new Interval(difference - reach, difference + reach));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
  }
}
