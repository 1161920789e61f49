package dev.lanes.instrument;

import dev.lanes.instrument.InstrumentView.Placebo;
import dev.lanes.instrument.InstrumentView.Placebo.OfHost;
import dev.lanes.result.EqualArms;
import dev.lanes.statistics.RoundStatistic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the rounds of equal arms into sets and counts those that look different. Sets do not overlap
 * and keep to one group of one attempt; rounds that do not fill a set are left over. It holds two
 * sets at most.
 */
final class EqualArmsCheck {

  static final int ROUNDS_PER_PAIR = 10;

  private final Tally all = new Tally();
  private final SortedMap<String, Tally> hosts = new TreeMap<>();
  private @Nullable EqualArms last;
  private List<EqualArms> set = new ArrayList<>();
  private List<EqualArms> earlier = List.of();

  /** Takes the next round; those of a group of an attempt come together and in order. */
  void add(EqualArms round) {
    if (last == null || last.fence() != round.fence() || last.group() != round.group()) {
      set = new ArrayList<>();
      earlier = List.of();
    }
    last = round;
    if (comparable(round)) {
      set.add(round);
    }
    if (set.size() == ROUNDS_PER_PAIR) {
      count(hosts.computeIfAbsent(round.host(), _ -> new Tally()));
    }
  }

  private void count(Tally host) {
    double[] logRatios =
        set.stream()
            .map(round -> RoundStatistic.of(round.placebo(), round.baseline()))
            .mapToDouble(RoundStatistic::medianLogRatio)
            .toArray();
    all.addPair(logRatios);
    host.addPair(logRatios);
    if (earlier.isEmpty()) {
      earlier = set;
    } else {
      double[][] first = earlier.stream().map(EqualArms::baseline).toArray(double[][]::new);
      double[][] second = set.stream().map(EqualArms::placebo).toArray(double[][]::new);
      all.addBlock(first, second);
      host.addBlock(first, second);
      earlier = List.of();
    }
    set = new ArrayList<>();
  }

  /** A value of zero means that the clock was too coarse; there is no ratio to it. */
  private static boolean comparable(EqualArms round) {
    return round.placebo().length == round.baseline().length
        && Arrays.stream(round.placebo()).allMatch(value -> value > 0)
        && Arrays.stream(round.baseline()).allMatch(value -> value > 0);
  }

  Placebo figures() {
    OfHost whole = all.figures("");
    return new Placebo(
        ROUNDS_PER_PAIR,
        whole.pairs(),
        whole.falsePositives(),
        whole.share(),
        whole.ciLow(),
        whole.ciHigh(),
        whole.falsePositives1Percent(),
        whole.blockPooled(),
        whole.blockWelch(),
        whole.medianHalfWidth(),
        hosts.entrySet().stream().map(host -> host.getValue().figures(host.getKey())).toList());
  }
}
