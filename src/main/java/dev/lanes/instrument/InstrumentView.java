package dev.lanes.instrument;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the instrument.
 *
 * @param selfTests the latest of each name and host
 */
record InstrumentView(Placebo placebo, List<SelfTestView> selfTests) {

  /**
   * How often equal arms were found to differ, in everything that was ever measured: in sets of
   * consecutive rounds, placebo over the cell that it repeats, {@code steady_seconds}.
   *
   * @param roundsPerPair rounds of one set
   * @param pairs sets; none overlaps another
   * @param falsePositives sets whose 95 % interval excludes 1, where 5 % are expected
   * @param share of the sets; null when there is none
   * @param ciLow lower end of the share's 95 % interval (Clopper–Pearson)
   * @param falsePositives1Percent sets whose 99 % interval excludes 1
   * @param blockPooled the same data as if first one arm and then the other had been measured, by
   *     Student's t-test on all values
   * @param blockWelch likewise, by Welch's t-test on the means of the processes
   * @param medianHalfWidth median over the sets of the ratio's half width, 0.02 for ±2 %
   */
  record Placebo(
      int roundsPerPair,
      int pairs,
      int falsePositives,
      @Nullable Double share,
      @Nullable Double ciLow,
      @Nullable Double ciHigh,
      @JsonProperty("false_positives_1_percent") int falsePositives1Percent,
      Block blockPooled,
      Block blockWelch,
      @Nullable Double medianHalfWidth,
      List<OfHost> hosts) {

    /** The same of one host. */
    record OfHost(
        String host,
        int pairs,
        int falsePositives,
        @Nullable Double share,
        @Nullable Double ciLow,
        @Nullable Double ciHigh,
        @JsonProperty("false_positives_1_percent") int falsePositives1Percent,
        Block blockPooled,
        Block blockWelch,
        @Nullable Double medianHalfWidth) {}

    /**
     * A design that is not ours.
     *
     * @param pairs baseline of one set against the placebo of the next
     * @param falsePositives those with a p-value below 5 %
     */
    record Block(int pairs, int falsePositives) {}
  }
}
