package dev.lanes.analysis;

import dev.lanes.statistics.PairedRatio;
import dev.lanes.statistics.RoundStatistic;
import dev.lanes.statistics.SignFlip;
import dev.lanes.statistics.StopRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Cells against one other, in the rounds that each shares with it.
 *
 * @param rounds what each round says, by contender and number of the round; at least one each
 * @param adjustedP by contender; empty where a single contender leaves nothing to adjust
 */
record Contenders(
    Map<UUID, SortedMap<Integer, RoundStatistic>> rounds, Map<UUID, Double> adjustedP) {

  /**
   * Pairs the contenders with the baseline; one that has no common round with it is left out.
   *
   * @param seed of the drawn signs
   */
  static Contenders of(
      Collection<UUID> contenders, UUID baseline, PairedRounds samples, long seed) {
    Map<UUID, SortedMap<Integer, RoundStatistic>> rounds = new HashMap<>();
    List<UUID> order = new ArrayList<>();
    for (UUID contender : contenders) {
      SortedMap<Integer, RoundStatistic> paired = samples.of(contender, baseline);
      if (!paired.isEmpty()) {
        rounds.put(contender, paired);
        order.add(contender);
      }
    }
    return new Contenders(rounds, order.size() < 2 ? Map.of() : adjusted(order, rounds, seed));
  }

  private static Map<UUID, Double> adjusted(
      List<UUID> order, Map<UUID, SortedMap<Integer, RoundStatistic>> rounds, long seed) {
    Set<Integer> common = new TreeSet<>(rounds.get(order.getFirst()).keySet());
    rounds.values().forEach(of -> common.retainAll(of.keySet()));
    Map<UUID, Double> adjusted = new HashMap<>();
    if (common.isEmpty()) {
      // Nothing to flip together: each alone, times their number (Bonferroni).
      order.forEach(cell -> {
        double[][] own = {logRatios(rounds.get(cell), _ -> true)};
        double alone = SignFlip.of(own, seed).arms().getFirst().adjustedP();
        adjusted.put(cell, Math.min(1, order.size() * alone));
      });
      return adjusted;
    }
    double[][] logRatios =
        order.stream()
            .map(cell -> logRatios(rounds.get(cell), common::contains))
            .toArray(double[][]::new);
    List<SignFlip.Arm> arms = SignFlip.of(logRatios, seed).arms();
    for (int i = 0; i < order.size(); i++) {
      adjusted.put(order.get(i), arms.get(i).adjustedP());
    }
    return adjusted;
  }

  boolean has(UUID contender) {
    return rounds.containsKey(contender);
  }

  OptionalDouble adjustedP(UUID contender) {
    Double adjusted = adjustedP.get(contender);
    return adjusted == null ? OptionalDouble.empty() : OptionalDouble.of(adjusted);
  }

  /** The ratio over all rounds, at the confidence that is right after the stopping rule. */
  PairedRatio ratio(UUID contender) {
    return ratio(rounds.get(contender));
  }

  static PairedRatio ratio(SortedMap<Integer, RoundStatistic> rounds) {
    return PairedRatio.of(logRatios(rounds, _ -> true), StopRule.CONFIDENCE);
  }

  /** The location of the rounds' ratios of summed times, as a logarithm. */
  double totalLogRatio(UUID contender) {
    double[] totals = values(rounds.get(contender), _ -> true, RoundStatistic::totalLogRatio);
    return PairedRatio.of(totals, StopRule.CONFIDENCE).logRatio();
  }

  static double[] logRatios(
      SortedMap<Integer, RoundStatistic> rounds, Predicate<Integer> included) {
    return values(rounds, included, RoundStatistic::medianLogRatio);
  }

  private static double[] values(
      SortedMap<Integer, RoundStatistic> rounds,
      Predicate<Integer> included,
      ToDoubleFunction<RoundStatistic> value) {
    return rounds.entrySet().stream()
        .filter(round -> included.test(round.getKey()))
        .mapToDouble(round -> value.applyAsDouble(round.getValue()))
        .toArray();
  }
}
