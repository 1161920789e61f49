package dev.lanes.measurement;

/**
 * What a pilot finds out about an arm, and later attempts on the same host use again.
 *
 * @param loops batches per slice
 * @param warmups slices at the start of a process that do not count
 * @param turns slices of a process that count
 * @param sliceSeconds median of a slice
 * @param processSeconds what a process takes beside its slices
 * @param roundSpread standard deviation of the rounds' log ratios to the baseline; 0 when unknown
 * @param steady whether warm-up came to an end
 * @param restless whether its workers use the processor while they are parked
 */
record Calibration(
    int loops,
    int warmups,
    int turns,
    double sliceSeconds,
    double processSeconds,
    double roundSpread,
    boolean steady,
    boolean restless) {

  boolean plausible() {
    return loops > 0
        && warmups >= 0
        && turns > 0
        && sliceSeconds > 0
        && processSeconds >= 0
        && roundSpread >= 0
        && Double.isFinite(sliceSeconds + processSeconds + roundSpread);
  }
}
