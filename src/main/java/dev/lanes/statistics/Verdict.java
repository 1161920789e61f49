package dev.lanes.statistics;

/**
 * What a comparison says about the contender; the word in reports is the lower-case name. Faster is
 * better whatever the measure: less memory, lower latency, higher throughput.
 */
public enum Verdict {
  /** The interval of the ratio excludes 1 on the contender's side. */
  FASTER,
  /** The interval of the ratio excludes 1 on the baseline's side. */
  SLOWER,
  /** Any difference is shown to be smaller than the threshold; never merely "not significant". */
  SAME,
  /** The rounds do not decide. */
  UNKNOWN;

  /** The verdict with contender and baseline swapped. */
  public Verdict mirrored() {
    return switch (this) {
      case FASTER -> SLOWER;
      case SLOWER -> FASTER;
      case SAME -> SAME;
      case UNKNOWN -> UNKNOWN;
    };
  }
}
