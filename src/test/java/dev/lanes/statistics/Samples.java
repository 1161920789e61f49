package dev.lanes.statistics;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Samples for the tests: fixed ones with outside reference values, and simulated ones. */
final class Samples {
  /**
   * Depression factor of nine patients before minus after a tranquilizer: Hollander, Wolfe,
   * Nonparametric Statistical Methods, table 3.1; the example of R's wilcox.test. The book gives
   * the estimate 0.46 and the 96.1 % interval (0.010, 0.786).
   */
  static final double[] DEPRESSION =
      minus(
          new double[] {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30},
          new double[] {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29});

  /** numpy 2.4.6: {@code default_rng(20240607).normal(.8, .05, 6)} to 4 decimals. */
  static final double[] SIX = {0.7957, 0.7786, 0.6563, 0.9623, 0.8073, 0.8656};

  /** The next numbers of the same generator: {@code normal(.02, .05, 12)} to 4 decimals. */
  static final double[] TWELVE = {
    0.0375, -0.016, 0.0608, -0.0859, 0.0347, 0.0482, -0.0289, -0.0301, 0.0486, 0.0496, -0.0371,
    -0.0521
  };

  /** The next numbers of the same generator: {@code normal(.03, .08, 25)} to 5 decimals. */
  static final double[] TWENTY_FIVE = {
    0.19748, 0.07105, 0.03236, -0.06345, -0.04109, -0.01467, -0.0147, -0.01588, 0.19464, 0.07626,
    -0.0834, 0.06731, -0.12614, -0.03882, -0.00064, 0.10076, -0.06991, 0.02238, 0.03717, -0.09023,
    -0.00526, 0.10051, 0.02925, -0.03075, 0.00882
  };

  /** The next numbers of the same generator: {@code normal(.03, .08, 70)} to 5 decimals. */
  static final double[] SEVENTY = {
    0.05225, -0.0353, -0.11257, 0.11004, 0.02284, -0.00098, 0.00159, 0.12089, 0.03878, 0.13128,
    0.17776, -0.09426, 0.05277, 0.06656, 0.20883, 0.06651, 0.13256, -0.06111, 0.05165, 0.04935,
    0.08073, -0.05111, -0.02725, -0.01746, -0.02792, 0.05276, 0.0368, 0.07523, 0.12168, -0.13302,
    0.00804, 0.04433, -0.0194, -0.14381, -0.04778, -0.07552, 0.05204, -0.17206, 0.06232, -0.0348,
    -0.02225, 0.07898, 0.02287, 0.11287, -0.09196, -0.06129, 0.05157, 0.0626, 0.02442, 0.01339,
    -0.0359, 0.08697, 0.09965, -0.10126, -0.03127, 0.06408, -0.04398, 0.04273, -0.01564, 0.15253,
    0.02518, 0.18001, 0.04748, 0.08833, 0.04032, 0.08426, 0.10346, -0.0405, 0.08661, 0.02453
  };

  private Samples() {}

  /** Symmetric shapes of round differences with location 0. */
  enum Shape {
    NORMAL,
    /** One in ten has five times the spread. */
    OUTLIERS,
    /** Difference of two exponential variables: pairing makes skewed times symmetric. */
    SKEWED_DIFFERENCE,
    /** Nothing far from the middle. */
    UNIFORM,
    /** A process has good or bad luck with its layout, and little else. */
    TWO_LEVELS;

    double[] draw(int size, RandomGenerator random) {
      return IntStream.range(0, size).mapToDouble(i -> next(random)).toArray();
    }

    private double next(RandomGenerator random) {
      return switch (this) {
        case NORMAL -> random.nextGaussian();
        case OUTLIERS -> random.nextGaussian() * (random.nextInt(10) == 0 ? 5 : 1);
        case SKEWED_DIFFERENCE -> random.nextExponential() - random.nextExponential();
        case UNIFORM -> random.nextDouble(-1, 1);
        case TWO_LEVELS -> (random.nextBoolean() ? 1 : -1) + 0.3 * random.nextGaussian();
      };
    }
  }

  static double[] negated(double[] values) {
    return Arrays.stream(values).map(x -> -x).toArray();
  }

  static double[] shifted(double[] values, double by) {
    return Arrays.stream(values).map(x -> x + by).toArray();
  }

  static double[] scaled(double[] values, double by) {
    return Arrays.stream(values).map(x -> x * by).toArray();
  }

  static double[] reversed(double[] values) {
    return IntStream.range(0, values.length)
        .mapToDouble(i -> values[values.length - 1 - i])
        .toArray();
  }

  private static double[] minus(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
  }
}
