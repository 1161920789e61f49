package dev.lanes.statistics;

import java.util.Arrays;
import java.util.Optional;

/**
 * The Hodges–Lehmann location of paired differences: the median of all pairwise (Walsh) averages
 * (D_i + D_j)/2, i ≤ j, with the interval that inverts the signed-rank test. It assumes that the
 * differences are independent and symmetric around their location, which pairing brings about; a
 * tenth of outliers hardly moves it.
 *
 * <p>Source: J. Hodges, E. Lehmann, Estimates of location based on rank tests, Ann. Math. Statist.
 * 34 (1963); interval: J. Tukey, see Hollander, Wolfe, Chicken, sections 3.2 and 3.3.
 */
public final class HodgesLehmann {
  private final int size;
  private final double[] averages;

  private HodgesLehmann(int size, double[] averages) {
    this.size = size;
    this.averages = averages;
  }

  /**
   * Prepares estimate and intervals; O(n² log n) time, n(n+1)/2 numbers of memory.
   *
   * @param differences finite values in any one unit, 1 to {@link SignedRank#MAX_SIZE}; their order
   *     does not matter; the array is not changed
   * @throws IllegalArgumentException if there are too few, too many or a value is not finite
   */
  public static HodgesLehmann of(double[] differences) {
    SignedRank.requireSize(differences.length);
    double[] sorted = MedianInterval.sorted(differences);
    int size = sorted.length;
    double[] averages = new double[size * (size + 1) / 2];
    int next = 0;
    for (int i = 0; i < size; i++) {
      for (int j = i; j < size; j++) {
        averages[next++] = (sorted[i] + sorted[j]) / 2;
      }
    }
    Arrays.sort(averages);
    return new HodgesLehmann(size, averages);
  }

  /** Number of differences. */
  public int size() {
    return size;
  }

  /** The estimate, in the unit of the differences. */
  public double location() {
    return MedianInterval.middle(averages);
  }

  /**
   * The shortest signed-rank interval whose confidence is at least the asked one, in the unit of
   * the differences; absent when the sample is too small for any (below 6 at 0.95).
   *
   * @param confidence between 0 and 1, as 0.95
   * @throws IllegalArgumentException if the confidence is out of range
   */
  public Optional<Interval> interval(double confidence) {
    int rank = SignedRank.criticalRank(size, 1 - confidence);
    return rank == 0
        ? Optional.empty()
        : Optional.of(new Interval(averages[rank - 1], averages[averages.length - rank]));
  }
}
