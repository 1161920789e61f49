package dev.lanes.statistics;

import java.util.Arrays;

/**
 * The straight line t(n) = latency + cost · n, neither part negative, that comes nearest to times
 * of several sizes on the log scale: it makes Σ (ln t_j − ln(latency + cost · n_j))² least.
 *
 * <p>Logarithms, because times of a transfer span orders of magnitude and their errors are
 * relative: least squares of the times themselves would hear the largest size only. Weights of 1/t²
 * do nearly the same where the line fits; where it does not, they take a line that is too low for
 * better than one that is as much too high.
 *
 * <p>Source: R. Carroll, D. Ruppert, Transformation and Weighting in Regression (1988), chapter 4,
 * transforming both sides; the split into a factor, which has a closed form, and one parameter that
 * is searched for is variable projection: G. Golub, V. Pereyra, SIAM J. Numer. Anal. 10 (1973).
 *
 * @param latency time of a transfer of nothing, in seconds
 * @param cost time per unit of size, in seconds
 */
record TransferLine(double latency, double cost) {

  /** A part below this share of every time cannot be seen, and is taken for none. */
  private static final double INVISIBLE = 1e-4;

  /** Distance of the first candidates on the log scale; a line bends over about four. */
  private static final double STEP = 2;

  /** Halvings of a step, which leave a relative error below 1e-10. */
  private static final int HALVINGS = 34;

  /**
   * The nearest line.
   *
   * @param sizes positive, ascending, at least two of them different
   * @param logSeconds logarithm of the time of each size
   */
  static TransferLine of(double[] sizes, double[] logSeconds) {
    return new Search(sizes, logSeconds).nearest();
  }

  /** Time of a transfer of this size, in seconds. */
  double seconds(double size) {
    return latency + cost * size;
  }

  /**
   * The lines factor · (knee + n): knee is the size at which latency and cost have equal shares.
   */
  private record Search(double[] sizes, double[] logSeconds) {

    TransferLine nearest() {
      double least = StrictMath.log(sizes[0] * INVISIBLE);
      double most = StrictMath.log(sizes[sizes.length - 1] / INVISIBLE);
      double best = least;
      double distance = Double.POSITIVE_INFINITY;
      for (double candidate = least; candidate <= most; candidate += STEP) {
        double found = distance(StrictMath.exp(candidate));
        if (found < distance) {
          best = candidate;
          distance = found;
        }
      }
      double knee = StrictMath.exp(refined(best));
      double inside = distance(knee);
      if (flatDistance() <= Math.min(inside, distance(0))) {
        return new TransferLine(StrictMath.exp(mean(logSeconds)), 0);
      }
      return distance(0) <= inside ? ofKnee(0) : ofKnee(knee);
    }

    /** Halves the step on whose inside the distance stops to fall. */
    private double refined(double candidate) {
      boolean rising = slope(StrictMath.exp(candidate)) > 0;
      double low = rising ? candidate - STEP : candidate;
      double high = rising ? candidate : candidate + STEP;
      for (int i = 0; i < HALVINGS; i++) {
        double middle = (low + high) / 2;
        if (slope(StrictMath.exp(middle)) > 0) {
          high = middle;
        } else {
          low = middle;
        }
      }
      return (low + high) / 2;
    }

    private TransferLine ofKnee(double knee) {
      double factor = StrictMath.exp(mean(logFactors(knee)));
      return new TransferLine(factor * knee, factor);
    }

    private double flatDistance() {
      return squares(logSeconds);
    }

    private double distance(double knee) {
      return squares(logFactors(knee));
    }

    /** Half the derivative of the distance by the logarithm of the knee. */
    private double slope(double knee) {
      double[] factors = logFactors(knee);
      double mean = mean(factors);
      double slope = 0;
      for (int i = 0; i < sizes.length; i++) {
        slope -= (factors[i] - mean) * knee / (knee + sizes[i]);
      }
      return slope;
    }

    private double[] logFactors(double knee) {
      double[] factors = new double[sizes.length];
      for (int i = 0; i < sizes.length; i++) {
        factors[i] = logSeconds[i] - StrictMath.log(knee + sizes[i]);
      }
      return factors;
    }

    private static double squares(double[] values) {
      double mean = mean(values);
      double squares = 0;
      for (double value : values) {
        squares += (value - mean) * (value - mean);
      }
      return squares;
    }

    private static double mean(double[] values) {
      return Arrays.stream(values).sum() / values.length;
    }
  }
}
