package dev.lanes.statistics;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The median of independent values with its distribution-free confidence interval.
 *
 * @param median median of the values, in their unit; the mean of the middle two when n is even
 * @param interval interval at {@code confidence} or better; absent when n is too small for one
 * @param confidence asked confidence, as 0.95
 * @param size number of values
 */
public record MedianInterval(
    double median, Optional<Interval> interval, double confidence, int size) {

  /** Up to here the binomial coefficients fit a double. */
  private static final int EXACT_SIZE = 1_000;

  /**
   * Median and 95 % interval; see {@link #of(double[], double)}. Absent below 6 values.
   *
   * @throws IllegalArgumentException if there is no value or one that is not finite
   */
  public static MedianInterval of(double[] values) {
    return of(values, 0.95);
  }

  /**
   * Median and the interval between the k-th smallest and the k-th largest value, k the largest
   * with P(B ≤ k−1) ≤ (1−confidence)/2 for B binomial (n, ½). Beyond {@value #EXACT_SIZE} values k
   * comes from the normal approximation with continuity correction.
   *
   * <p>Source: H. David, H. Nagaraja, Order Statistics, 3rd ed., section 7.1.
   *
   * @param values independent values in any one unit, at least one; the array is not changed
   * @param confidence between 0 and 1
   * @throws IllegalArgumentException if there is no value, one is not finite, or the confidence is
   *     out of range
   */
  public static MedianInterval of(double[] values, double confidence) {
    double alpha = 1 - confidence;
    SignedRank.requireLevel(alpha);
    double[] sorted = sorted(values);
    int size = sorted.length;
    int rank = criticalRank(size, alpha);
    Optional<Interval> interval =
        rank == 0
            ? Optional.empty()
            : Optional.of(new Interval(sorted[rank - 1], sorted[size - rank]));
    return new MedianInterval(middle(sorted), interval, confidence, size);
  }

  private static int criticalRank(int size, double alpha) {
    int rank = 0;
    if (size > EXACT_SIZE) {
      double sd = StrictMath.sqrt(size) / 2;
      while (NormalDistribution.of(0, 1).cumulativeProbability((rank + 0.5 - size / 2.0) / sd)
          <= alpha / 2) {
        rank++;
      }
      return rank;
    }
    double ways = 1;
    double limit = Math.scalb(alpha / 2, size);
    for (double sum = ways; sum <= limit; sum += ways) {
      ways = ways * (size - rank) / (rank + 1);
      rank++;
    }
    return rank;
  }

  /** A sorted copy without negative zeros, so that equal samples give equal records. */
  static double[] sorted(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values: at least one is needed; measure a round");
    }
    double[] sorted = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "value %d is %s: must be finite; leave the failed round out".formatted(i, values[i]));
      }
      sorted[i] = values[i] + 0.0;
    }
    Arrays.sort(sorted);
    return sorted;
  }

  /** Median of values already in ascending order. */
  static double middle(double[] sorted) {
    int upper = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[upper] : (sorted[upper - 1] + sorted[upper]) / 2;
  }
}
