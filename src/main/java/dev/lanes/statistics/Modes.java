package dev.lanes.statistics;

import java.util.Arrays;
import java.util.Optional;

/**
 * Two clusters of values with nothing between them: whoever takes their middle describes neither. A
 * process that is lucky or unlucky with its layout for as long as it lives makes them.
 *
 * <p>The rule: of the gaps with at least a fifth of the values on either side, the widest is more
 * than {@value #LIMIT}/n times the standard deviation within the two sides. Simulated, that takes
 * one mode for two in about 1 of 100 samples of uniform values, at every size from 8 to 60, and in
 * fewer of normal ones; see {@code src/docs/statistics.md}.
 *
 * @param below number of values in the lower cluster
 * @param lower its median, in the unit of the values
 * @param above number of values in the upper cluster
 * @param upper its median
 */
public record Modes(int below, double lower, int above, double upper) {

  /** With fewer values two clusters are nothing unusual. */
  public static final int FEWEST = 8;

  /** The gaps of n values shrink as 1/n. */
  private static final double LIMIT = 54;

  /**
   * The two clusters, if there are two.
   *
   * @param values finite; below {@value #FEWEST} none are found
   * @throws IllegalArgumentException if a value is not finite
   */
  public static Optional<Modes> of(double[] values) {
    if (values.length < FEWEST) {
      return Optional.empty();
    }
    double[] sorted = MedianInterval.sorted(values);
    int least = Math.ceilDiv(sorted.length, 5);
    int split = least;
    for (int i = least; i <= sorted.length - least; i++) {
      if (gap(sorted, i) > gap(sorted, split)) {
        split = i;
      }
    }
    double[] lower = Arrays.copyOfRange(sorted, 0, split);
    double[] upper = Arrays.copyOfRange(sorted, split, sorted.length);
    double within = StrictMath.sqrt((squares(lower) + squares(upper)) / (sorted.length - 2));
    double gap = gap(sorted, split);
    return gap > 0 && gap * sorted.length > LIMIT * within
        ? Optional.of(
            new Modes(
                lower.length,
                MedianInterval.middle(lower),
                upper.length,
                MedianInterval.middle(upper)))
        : Optional.empty();
  }

  /** Sum of the squared distances to the mean. */
  private static double squares(double[] values) {
    Spread spread = Spread.of(values);
    return spread.squaredError() * spread.size() * spread.degrees();
  }

  /** What lies between the value at the index and the one before. */
  private static double gap(double[] sorted, int index) {
    return sorted[index] - sorted[index - 1];
  }
}
