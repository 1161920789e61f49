package dev.lanes.statistics;

import dev.lanes.catalog.Measure.Better;
import java.util.Arrays;

/**
 * The chance that a sample of the contender, taken at random, beats one of the baseline: the
 * Mann–Whitney statistic as a share of all pairs. It says how much the two overlap, which a ratio
 * does not: 1.02× faster may be always faster, or hardly more often than not.
 *
 * <p>It describes the samples and proves nothing: samples of one process resemble each other, so
 * that no p-value follows from it.
 *
 * <p>Source: H. Mann, D. Whitney, Ann. Math. Statist. 18 (1947); as an effect size: K. McGraw, S.
 * Wong, Psychological Bulletin 111 (1992); A. Vargha, H. Delaney, J. Educ. Behav. Statist. 25
 * (2000), whose Â it is.
 */
public final class Superiority {

  private Superiority() {}

  /**
   * The share of pairs in which the contender is better; equal ones count half.
   *
   * @param contender samples in any one unit, at least one
   * @param baseline likewise
   * @return between 0 and 1; 0.5 where neither is better
   * @throws IllegalArgumentException if a side has no sample
   */
  public static double of(double[] contender, double[] baseline, Better better) {
    if (contender.length == 0 || baseline.length == 0) {
      throw new IllegalArgumentException(
          "%d and %d samples: each side needs at least one"
              .formatted(contender.length, baseline.length));
    }
    double[] of = contender.clone();
    double[] over = baseline.clone();
    Arrays.sort(of);
    Arrays.sort(over);
    int below = 0;
    int notAbove = 0;
    long twiceAbove = 0;
    for (double value : of) {
      while (below < over.length && over[below] < value) {
        below++;
      }
      while (notAbove < over.length && over[notAbove] <= value) {
        notAbove++;
      }
      // What is below counts for both limits, what is equal for one.
      twiceAbove += below + notAbove;
    }
    long twicePairs = 2L * of.length * over.length;
    long wins =
        switch (better) {
          case HIGHER -> twiceAbove;
          case LOWER -> twicePairs - twiceAbove;
        };
    return (double) wins / twicePairs;
  }
}
