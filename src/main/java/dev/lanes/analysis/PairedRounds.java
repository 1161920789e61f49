package dev.lanes.analysis;

import dev.lanes.result.RoundSamples;
import dev.lanes.statistics.RoundStatistic;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** The samples of one measure of a run, to be paired round by round. */
final class PairedRounds {

  private final Map<UUID, Map<Integer, RoundSamples>> rounds = new HashMap<>();

  PairedRounds(List<RoundSamples> samples) {
    for (RoundSamples sample : samples) {
      rounds.computeIfAbsent(sample.cell(), _ -> new HashMap<>()).put(sample.round(), sample);
    }
  }

  /** Contender over baseline in each round that both have, by the number of the round. */
  SortedMap<Integer, RoundStatistic> of(UUID contender, UUID baseline) {
    Map<Integer, RoundSamples> of = rounds.getOrDefault(contender, Map.of());
    Map<Integer, RoundSamples> over = rounds.getOrDefault(baseline, Map.of());
    SortedMap<Integer, RoundStatistic> paired = new TreeMap<>();
    of.forEach((round, samples) -> {
      RoundSamples other = over.get(round);
      if (other != null && comparable(samples, other)) {
        paired.put(round, RoundStatistic.of(samples.counted(), other.counted()));
      }
    });
    return Collections.unmodifiableSortedMap(paired);
  }

  /** The values of each round of a cell by themselves, as if the baseline took 1 of the unit. */
  SortedMap<Integer, RoundStatistic> alone(UUID cell) {
    SortedMap<Integer, RoundStatistic> alone = new TreeMap<>();
    rounds
        .getOrDefault(cell, Map.of())
        .forEach((round, samples) -> {
          double[] values = samples.counted();
          if (Arrays.stream(values).allMatch(value -> value > 0)) {
            double[] ones = new double[values.length];
            Arrays.fill(ones, 1);
            alone.put(round, RoundStatistic.of(values, ones));
          }
        });
    return Collections.unmodifiableSortedMap(alone);
  }

  /** Every value of a cell that counts. */
  double[] values(UUID cell) {
    return rounds.getOrDefault(cell, Map.of()).values().stream()
        .flatMapToDouble(round -> Arrays.stream(round.counted()))
        .toArray();
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
