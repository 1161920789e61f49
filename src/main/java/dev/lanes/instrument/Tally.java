package dev.lanes.instrument;

import dev.lanes.instrument.InstrumentView.Placebo.Block;
import dev.lanes.instrument.InstrumentView.Placebo.OfHost;
import dev.lanes.statistics.BlockDesign;
import dev.lanes.statistics.HodgesLehmann;
import dev.lanes.statistics.Interval;
import dev.lanes.statistics.MedianInterval;
import java.util.Arrays;

/** Counts how often sets of rounds of equal arms look different. */
final class Tally {

  private static final double LEVEL = 0.05;

  private int pairs;
  private int at5Percent;
  private int at1Percent;
  private int blocks;
  private int pooled;
  private int welch;
  private double[] halfWidths = new double[16];

  /** Counts one set of rounds by its log ratios, placebo over baseline. */
  void addPair(double[] logRatios) {
    HodgesLehmann location = HodgesLehmann.of(logRatios);
    Interval interval = location.interval(1 - LEVEL).orElseThrow();
    if (pairs == halfWidths.length) {
      halfWidths = Arrays.copyOf(halfWidths, 2 * pairs);
    }
    halfWidths[pairs++] = Math.expm1(interval.halfWidth());
    at5Percent += interval.contains(0) ? 0 : 1;
    at1Percent += location.interval(1 - LEVEL / 5).orElseThrow().contains(0) ? 0 : 1;
  }

  /** Counts the baseline of one set against the placebo of the next, values by process. */
  void addBlock(double[][] baseline, double[][] placebo) {
    BlockDesign design = BlockDesign.of(baseline, placebo);
    blocks++;
    pooled += design.pooledP() < LEVEL ? 1 : 0;
    welch += design.welchP() < LEVEL ? 1 : 0;
  }

  OfHost figures(String host) {
    Proportion falsePositives = new Proportion(at5Percent, pairs);
    return new OfHost(
        host,
        pairs,
        at5Percent,
        falsePositives.share().orElse(null),
        falsePositives.interval().map(Interval::lower).orElse(null),
        falsePositives.interval().map(Interval::upper).orElse(null),
        at1Percent,
        new Block(blocks, pooled),
        new Block(blocks, welch),
        pairs == 0 ? null : (Double) MedianInterval.of(Arrays.copyOf(halfWidths, pairs)).median());
  }
}
