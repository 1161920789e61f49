package dev.lanes.statistics;

/**
 * What one round says about an arm: its slice times against those of the baseline arm in the same
 * turns. Whatever slowed both slices of a turn alike cancels.
 *
 * @param medianLogRatio median over turns of ln(arm / baseline); the value of the round in {@link
 *     PairedRatio}
 * @param totalLogRatio ln of the ratio of the summed times: the better number for work with rare
 *     long pauses, which a median does not see
 * @param turns number of turns
 */
public record RoundStatistic(double medianLogRatio, double totalLogRatio, int turns) {

  /**
   * Statistic of a round; swapping the arrays changes exactly the signs.
   *
   * @param armSeconds positive seconds per slice by turn, warm-ups left out; per operation where
   *     the arms run different numbers of loops
   * @param baselineSeconds likewise, of the same turns in the same order
   * @throws IllegalArgumentException if there is no turn, the lengths differ or a time is not
   *     positive and finite
   */
  public static RoundStatistic of(double[] armSeconds, double[] baselineSeconds) {
    if (armSeconds.length != baselineSeconds.length || armSeconds.length == 0) {
      throw new IllegalArgumentException(
          "%d arm and %d baseline slices: both need the same turns, at least one; drop broken turns"
              .formatted(armSeconds.length, baselineSeconds.length));
    }
    double[] logRatios = new double[armSeconds.length];
    double armTotal = 0;
    double baselineTotal = 0;
    for (int turn = 0; turn < logRatios.length; turn++) {
      requireTime("arm", turn, armSeconds[turn]);
      requireTime("baseline", turn, baselineSeconds[turn]);
      logRatios[turn] = logRatio(armSeconds[turn], baselineSeconds[turn]);
      armTotal += armSeconds[turn];
      baselineTotal += baselineSeconds[turn];
    }
    return new RoundStatistic(
        MedianInterval.middle(MedianInterval.sorted(logRatios)),
        logRatio(armTotal, baselineTotal),
        logRatios.length);
  }

  /**
   * Whether median and total differ by more than the threshold: a few turns carry the difference,
   * and the report should show both numbers.
   *
   * @param threshold relative difference, as 0.02
   */
  public boolean tailHeavy(double threshold) {
    return Math.abs(totalLogRatio - medianLogRatio) > StrictMath.log1p(threshold);
  }

  /** Divides the larger by the smaller, so that swapping them changes exactly the sign. */
  private static double logRatio(double arm, double baseline) {
    return arm >= baseline ? StrictMath.log(arm / baseline) : -StrictMath.log(baseline / arm);
  }

  private static void requireTime(String side, int turn, double seconds) {
    if (!(seconds > 0) || Double.isInfinite(seconds)) {
      throw new IllegalArgumentException(
          "%s slice of turn %d took %s s: must be positive and finite; use a finer clock or longer"
                  .formatted(side, turn, seconds)
              + " slices");
    }
  }
}
