package dev.lanes.statistics;

/**
 * A closed interval of real numbers, in the unit of the estimate it belongs to.
 *
 * @param lower smallest value in the interval
 * @param upper largest value in the interval
 */
public record Interval(double lower, double upper) {

  /**
   * @throws IllegalArgumentException if a bound is not finite or the bounds are in the wrong order
   */
  public Interval {
    if (!Double.isFinite(lower) || !Double.isFinite(upper) || lower > upper) {
      throw new IllegalArgumentException(
          "interval [%s, %s]: bounds must be finite and in ascending order; swap or correct them"
              .formatted(lower, upper));
    }
  }

  /** Whether the value lies in the interval, bounds included. */
  public boolean contains(double value) {
    return lower <= value && value <= upper;
  }

  /** Half the distance between the bounds, in their unit. */
  public double halfWidth() {
    return (upper - lower) / 2;
  }

  /** The interval of the opposite quantity: signs changed, bounds swapped; exact. */
  public Interval negated() {
    // 0.0 - x instead of -x, so that no negative zero appears and records stay comparable.
    return new Interval(0.0 - upper, 0.0 - lower);
  }

  /** The interval of e to the power of the quantity: from log ratios to ratios. */
  public Interval exponentiated() {
    return new Interval(StrictMath.exp(lower), StrictMath.exp(upper));
  }
}
