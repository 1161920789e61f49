package dev.lanes.statistics;

/** The standard normal distribution, as far as the approximations here need it. */
final class Normal {
  /** From here outwards the tail fraction converges faster and keeps its relative accuracy. */
  private static final double TAIL = 3;

  private static final int TAIL_TERMS = 200;

  private Normal() {}

  /**
   * Probability that a standard normal variable is at most {@code z}; relative error about 1e-13,
   * also in the lower tail. Power series of Marsaglia (Evaluating the Normal Distribution, J. Stat.
   * Softw. 11(4), 2004) in the middle, Laplace's continued fraction of the Mills ratio outside.
   */
  static double cumulative(double z) {
    if (z > TAIL) {
      return 1 - cumulative(-z);
    }
    double density = StrictMath.exp(-z * z / 2) / StrictMath.sqrt(2 * Math.PI);
    if (z < -TAIL) {
      double fraction = 0;
      for (int term = TAIL_TERMS; term > 0; term--) {
        fraction = term / (-z + fraction);
      }
      return density / (-z + fraction);
    }
    double term = z;
    double sum = z;
    for (int odd = 3; Math.abs(term) > 1e-18; odd += 2) {
      term *= z * z / odd;
      sum += term;
    }
    return 0.5 + density * sum;
  }
}
