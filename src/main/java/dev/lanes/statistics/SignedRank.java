package dev.lanes.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The Wilcoxon signed-rank test of paired differences, in the form that always agrees with the
 * interval of {@link HodgesLehmann}.
 *
 * <p>Under the null hypothesis each rank 1…n carries a plus sign with probability one half, so the
 * rank sum V is a sum over a random subset of the ranks. Up to {@value #EXACT_SIZE} differences its
 * distribution is computed exactly by adding one rank at a time; beyond, the normal approximation
 * with continuity correction is used. Its critical ranks for sizes up to 300 and levels from 0.04
 * to 0.1 are at most 2 below and 1 above the exact ones, its true levels within 0.0011 of the
 * nominal.
 *
 * <p>Source: F. Wilcoxon, Individual comparisons by ranking methods, Biometrics Bulletin 1 (1945);
 * M. Hollander, D. Wolfe, E. Chicken, Nonparametric Statistical Methods, 3rd ed., section 3.1.
 */
public final class SignedRank {
  /** Largest number of differences whose distribution is exact. */
  public static final int EXACT_SIZE = 60;

  /** Largest number of differences accepted; the pairwise averages grow with its square. */
  public static final int MAX_SIZE = 5_000;

  private static final double[][] EXACT = exactDistributions();

  private SignedRank() {}

  /**
   * Probability under the null hypothesis that the rank sum is at most {@code rankSum}.
   *
   * @param size number of differences, 1 to {@link #MAX_SIZE}
   * @param rankSum sum of the ranks with a plus sign; any integer
   * @throws IllegalArgumentException if {@code size} is out of range
   */
  public static double cumulative(int size, int rankSum) {
    requireSize(size);
    int largest = size * (size + 1) / 2;
    if (rankSum < 0) {
      return 0;
    }
    if (rankSum >= largest) {
      return 1;
    }
    if (size <= EXACT_SIZE) {
      return EXACT[size][rankSum];
    }
    double variance = largest * (2.0 * size + 1) / 12;
    return NormalDistribution.of(0, 1)
        .cumulativeProbability((rankSum + 0.5 - largest / 2.0) / StrictMath.sqrt(variance));
  }

  /**
   * The critical rank k of the two-sided test: the largest k with P(V ≤ k−1) ≤ alpha/2. The k-th
   * smallest and the k-th largest pairwise average bound the interval at confidence 1−alpha; 0 when
   * the sample is too small for any.
   *
   * @param size number of differences, 1 to {@link #MAX_SIZE}
   * @param alpha two-sided level, between 0 and 1
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static int criticalRank(int size, double alpha) {
    requireSize(size);
    requireLevel(alpha);
    int below = 0;
    int above = size * (size + 1) / 2;
    while (below < above) {
      int rankSum = (below + above) / 2;
      if (cumulative(size, rankSum) <= alpha / 2) {
        below = rankSum + 1;
      } else {
        above = rankSum;
      }
    }
    return below;
  }

  /**
   * The smallest number of differences for which an interval at confidence 1−alpha exists: 6 at
   * 0.05 and 0.04, 5 at 0.1, 8 at 0.01.
   *
   * @param alpha two-sided level, between 0 and 1
   * @throws IllegalArgumentException if {@code alpha} is not between 0 and 1
   */
  public static int smallestSize(double alpha) {
    requireLevel(alpha);
    int size = 1;
    while (criticalRank(size, alpha) == 0) {
      size++;
    }
    return size;
  }

  /**
   * Two-sided p-value of the hypothesis that the differences are symmetric around zero.
   *
   * <p>V is counted as the number of pairwise averages on either side of zero, and an average of
   * exactly zero (a zero difference, or two differences that cancel) counts for both sides. So the
   * p-value is at most alpha exactly when the interval at confidence 1−alpha excludes zero, with or
   * without ties; without ties it is the usual exact p-value, with ties it errs upwards.
   *
   * @param differences paired differences, 1 to {@link #MAX_SIZE} finite values
   * @throws IllegalArgumentException if there are too few, too many or a value is not finite
   */
  public static double pValue(double[] differences) {
    requireSize(differences.length);
    double[] sorted = MedianInterval.sorted(differences);
    int notPositive = 0;
    int notNegative = 0;
    for (int i = 0; i < sorted.length; i++) {
      for (int j = i; j < sorted.length; j++) {
        double sum = sorted[i] + sorted[j];
        notPositive += sum <= 0 ? 1 : 0;
        notNegative += sum >= 0 ? 1 : 0;
      }
    }
    return Math.min(1, 2 * cumulative(sorted.length, Math.min(notPositive, notNegative)));
  }

  static void requireSize(int size) {
    if (size < 1 || size > MAX_SIZE) {
      throw new IllegalArgumentException(
          "%d differences: the signed-rank distribution needs 1 to %d; split or thin the rounds"
              .formatted(size, MAX_SIZE));
    }
  }

  static void requireLevel(double alpha) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException(
          "level %s: must lie between 0 and 1, as 0.05 does".formatted(alpha));
    }
  }

  /** Cumulative distributions by size; each follows from the one before by one more signed rank. */
  private static double[][] exactDistributions() {
    double[][] cumulative = new double[EXACT_SIZE + 1][];
    double[] probability = {1};
    for (int size = 1; size <= EXACT_SIZE; size++) {
      double[] next = new double[probability.length + size];
      for (int rankSum = 0; rankSum < probability.length; rankSum++) {
        next[rankSum] += probability[rankSum] / 2;
        next[rankSum + size] += probability[rankSum] / 2;
      }
      probability = next;
      cumulative[size] = next.clone();
      for (int rankSum = 1; rankSum < next.length; rankSum++) {
        cumulative[size][rankSum] += cumulative[size][rankSum - 1];
      }
    }
    return cumulative;
  }
}
