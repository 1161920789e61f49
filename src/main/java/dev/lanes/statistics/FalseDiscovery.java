package dev.lanes.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Which of many comparisons differ, when of those that are called different at most a given share
 * may be called so by chance. Who compares a thousand equal cells finds fifty that differ at 5 %.
 *
 * <p>Source: Y. Benjamini, Y. Hochberg, Controlling the false discovery rate, J. R. Statist. Soc. B
 * 57 (1995). It holds for independent comparisons and for those that depend positively, as cells do
 * that share a baseline or the state of their host: Y. Benjamini, D. Yekutieli, Ann. Statist. 29
 * (2001).
 */
public final class FalseDiscovery {

  /** The share of false ones among those that are called different. */
  public static final double LEVEL = 0.05;

  private FalseDiscovery() {}

  /**
   * The q-value of each comparison: the smallest rate of false discoveries at which it is one.
   *
   * @param pValues between 0 and 1; none is fine
   * @return in the order given; never below their p-values
   * @throws IllegalArgumentException if a value is not between 0 and 1
   */
  public static double[] qValues(double[] pValues) {
    for (double p : pValues) {
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException(
            "p-value %s: must lie between 0 and 1; leave out what was not tested".formatted(p));
      }
    }
    int[] descending =
        IntStream.range(0, pValues.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> pValues[i]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    double[] qValues = new double[pValues.length];
    double least = 1;
    for (int i = 0; i < descending.length; i++) {
      int rank = descending.length - i;
      least = Math.min(least, pValues[descending[i]] * descending.length / rank);
      qValues[descending[i]] = least;
    }
    return qValues;
  }
}
