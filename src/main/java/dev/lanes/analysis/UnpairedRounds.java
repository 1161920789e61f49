package dev.lanes.analysis;

import dev.lanes.run.CellView;
import dev.lanes.statistics.GeometricMean.Part;
import dev.lanes.statistics.RoundStatistic;
import dev.lanes.statistics.StopRule;
import dev.lanes.statistics.UnpairedRatio;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;

/**
 * The rounds of two cells that did not share them.
 *
 * @param contender one each, at least one: over the anchor, or alone
 * @param baseline likewise
 */
record UnpairedRounds(Collection<RoundStatistic> contender, Collection<RoundStatistic> baseline) {

  /** The rounds of both, or empty when one has none. */
  static Optional<UnpairedRounds> of(
      CellView contender, CellView baseline, SharedRounds shared, boolean anchored) {
    SortedMap<Integer, RoundStatistic> of =
        anchored ? shared.overAnchor(contender) : shared.alone(contender);
    SortedMap<Integer, RoundStatistic> over =
        anchored ? shared.overAnchor(baseline) : shared.alone(baseline);
    return of.isEmpty() || over.isEmpty()
        ? Optional.empty()
        : Optional.of(new UnpairedRounds(of.values(), over.values()));
  }

  UnpairedRatio ratio() {
    return UnpairedRatio.of(ofContender(), ofBaseline(), StopRule.CONFIDENCE);
  }

  /** The ratio of summed times, as a logarithm. */
  double totalLogRatio() {
    return UnpairedRatio.logRatio(
        logarithms(contender, RoundStatistic::totalLogRatio),
        logarithms(baseline, RoundStatistic::totalLogRatio));
  }

  /** The part in a geometric mean. */
  Part part(int cluster, UnpairedRatio ratio) {
    return Part.unpaired(cluster, ratio, ofContender(), ofBaseline());
  }

  double[] ofContender() {
    return logarithms(contender, RoundStatistic::medianLogRatio);
  }

  double[] ofBaseline() {
    return logarithms(baseline, RoundStatistic::medianLogRatio);
  }

  private static double[] logarithms(
      Collection<RoundStatistic> rounds, ToDoubleFunction<RoundStatistic> value) {
    return rounds.stream().mapToDouble(value).toArray();
  }
}
