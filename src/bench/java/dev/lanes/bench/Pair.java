package dev.lanes.bench;

import dev.lanes.statistics.PairedRatio;
import dev.lanes.statistics.RoundStatistic;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A set of consecutive rounds of one cell and its placebo, two arms that are the same program.
 *
 * @param baseline seconds per batch by round and turn, warm-ups left out
 * @param placebo likewise
 */
record Pair(String cell, int job, int set, double[][] baseline, double[][] placebo) {

  static Pair of(JsonNode line) {
    return new Pair(
        line.path("cell").asString(),
        line.path("job").asInt(),
        line.path("set").asInt(),
        Lines.table(line.path("baseline")),
        Lines.table(line.path("placebo")));
  }

  static List<Pair> all(List<JsonNode> lines) {
    return Lines.of(lines, "pair").stream().map(Pair::of).toList();
  }

  /** Placebo over baseline, as comparisons judge it. */
  PairedRatio ratio(double confidence) {
    return PairedRatio.of(logRatios(placebo, baseline), confidence);
  }

  /** One log ratio for each round. */
  static double[] logRatios(double[][] arm, double[][] baseline) {
    double[] ratios = new double[arm.length];
    for (int round = 0; round < ratios.length; round++) {
      ratios[round] = RoundStatistic.of(arm[round], baseline[round]).medianLogRatio();
    }
    return ratios;
  }

  /** Whether the interval calls the two arms different. */
  boolean differs(double confidence) {
    return ratio(confidence)
        .logInterval()
        .map(interval -> !interval.contains(0))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "%d rounds have no interval at %s; measure at least 8 for each pair"
                    .formatted(baseline.length, confidence)));
  }
}
