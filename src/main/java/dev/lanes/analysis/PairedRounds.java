package dev.lanes.analysis;

import dev.lanes.result.RoundSamples;
import dev.lanes.statistics.PairedRatio;
import dev.lanes.statistics.RoundStatistic;
import dev.lanes.statistics.StopRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The samples of one measure of a run, to be paired round by round. */
final class PairedRounds {

  private final Map<UUID, Map<Integer, RoundSamples>> rounds = new HashMap<>();

  PairedRounds(List<RoundSamples> samples) {
    for (RoundSamples sample : samples) {
      rounds.computeIfAbsent(sample.cell(), _ -> new HashMap<>()).put(sample.round(), sample);
    }
  }

  /**
   * Contender over baseline over the rounds that both have, at the confidence that is right after
   * the stopping rule; empty when they share none.
   */
  Optional<PairedRatio> ratio(UUID contender, UUID baseline) {
    Map<Integer, RoundSamples> of = rounds.getOrDefault(contender, Map.of());
    Map<Integer, RoundSamples> over = rounds.getOrDefault(baseline, Map.of());
    double[] logRatios =
        of.keySet().stream()
            .sorted()
            .filter(over::containsKey)
            .filter(round -> comparable(of.get(round), over.get(round)))
            .mapToDouble(round ->
                RoundStatistic.of(of.get(round).counted(), over.get(round).counted())
                    .medianLogRatio())
            .toArray();
    return logRatios.length == 0
        ? Optional.empty()
        : Optional.of(PairedRatio.of(logRatios, StopRule.CONFIDENCE));
  }

  /** A value of zero means that the clock of its measure was too coarse; it has no ratio. */
  private static boolean comparable(RoundSamples contender, RoundSamples baseline) {
    double[] of = contender.counted();
    double[] over = baseline.counted();
    if (of.length != over.length) {
      return false;
    }
    for (int turn = 0; turn < of.length; turn++) {
      if (of[turn] <= 0 || over[turn] <= 0) {
        return false;
      }
    }
    return true;
  }
}
