package dev.lanes.claim;

import org.jspecify.annotations.Nullable;

/**
 * Where a ratio must lie for a claim to hold, both ends included.
 *
 * @param low smallest ratio; null when there is none
 * @param high largest ratio; null when there is none
 */
record Band(@Nullable Double low, @Nullable Double high) {

  Band {
    if (low == null && high == null) {
      throw new IllegalArgumentException("a band has at least one end");
    }
    if (low != null && high != null && low > high) {
      throw new IllegalArgumentException("band [%s, %s]: swap its ends".formatted(low, high));
    }
  }

  /**
   * What the interval of a ratio says: inside, outside, or across an end. An interval that only
   * touches the band from outside has a point in common with it and does not decide.
   *
   * @param lower end of the interval
   * @param upper end of the interval, not below {@code lower}
   */
  ClaimVerdict verdict(double lower, double upper) {
    if ((low != null && upper < low) || (high != null && lower > high)) {
      return ClaimVerdict.REFUTED;
    }
    boolean inside = (low == null || lower >= low) && (high == null || upper <= high);
    return inside ? ClaimVerdict.CONFIRMED : ClaimVerdict.INCONCLUSIVE;
  }
}
