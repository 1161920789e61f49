package dev.lanes.statistics;

import java.util.Arrays;

/**
 * Mean of independent values, with how surely it is known.
 *
 * @param mean in the unit of the values
 * @param squaredError square of the mean's standard error, s²/n; 0 for a single value
 */
record Spread(double mean, double squaredError, int size) {

  /**
   * Mean and standard error. They are taken from the first value, so that equal values have exactly
   * their mean and no error.
   *
   * @param values at least one, finite
   * @throws IllegalArgumentException if there is none or one is not finite
   */
  static Spread of(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values: a mean needs at least one; leave it out");
    }
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "value %s: must be finite; leave the failed round out".formatted(value));
      }
    }
    int size = values.length;
    double shift = Arrays.stream(values).map(value -> value - values[0]).sum() / size;
    double mean = values[0] + shift;
    double squares =
        Arrays.stream(values).map(value -> value - values[0] - shift).map(d -> d * d).sum();
    return new Spread(mean, size == 1 ? 0 : squares / (size - 1) / size, size);
  }

  /** Degrees of freedom of the error; 0 for a single value. */
  int degrees() {
    return size - 1;
  }
}
