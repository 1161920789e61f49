package dev.lanes.claim;

import java.util.Collection;

/** What the measured ratios say of a claim. */
enum ClaimVerdict {
  /** Every interval lies inside its band. */
  CONFIRMED,
  /** At least one interval lies outside of its band. */
  REFUTED,
  /** An interval lies across an end of its band, or its figures cannot be trusted. */
  INCONCLUSIVE,
  /** Something that a verdict needs is missing. */
  NOT_TESTABLE;

  /** The verdict of several conditions, all of which the claim makes; at least one. */
  static ClaimVerdict of(Collection<ClaimVerdict> conditions) {
    if (conditions.contains(REFUTED)) {
      return REFUTED;
    }
    if (conditions.isEmpty() || conditions.contains(NOT_TESTABLE)) {
      return NOT_TESTABLE;
    }
    return conditions.contains(INCONCLUSIVE) ? INCONCLUSIVE : CONFIRMED;
  }
}
