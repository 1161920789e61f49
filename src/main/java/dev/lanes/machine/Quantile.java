package dev.lanes.machine;

import java.util.Arrays;

/** Sample quantiles with linear interpolation, type 7 of Hyndman and Fan (1996). */
final class Quantile {

  private Quantile() {}

  /**
   * The quantile of some values.
   *
   * @param values at least one, in any order
   * @param share 0.5 for the median
   */
  static double of(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double place = share * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
