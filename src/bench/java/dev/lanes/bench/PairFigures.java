package dev.lanes.bench;

import dev.lanes.statistics.BlockDesign;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How often equal arms are called different.
 *
 * @param at95 by the paired 95 % interval
 * @param at99 by the paired 99 % interval
 * @param medianHalfWidth relative half width of the 95 % intervals; absent without pairs
 * @param pooled by Student's t on pooled values at 5 %, all of one arm before all of the other
 * @param welch by Welch's t on process means at 5 %, likewise
 */
record PairFigures(
    Share at95, Share at99, OptionalDouble medianHalfWidth, Share pooled, Share welch) {

  /**
   * Counts. The block design takes the baseline of set 2j and, as what ran after it, the placebo of
   * set 2j+1 of the same job.
   *
   * @param pairs in the order in which they were measured
   */
  static PairFigures of(List<Pair> pairs) {
    int at95 = (int) pairs.stream().filter(pair -> pair.differs(0.95)).count();
    int at99 = (int) pairs.stream().filter(pair -> pair.differs(0.99)).count();
    List<BlockDesign> blocks = blocks(pairs);
    int pooled = (int) blocks.stream().filter(b -> b.pooledP() <= 0.05).count();
    int welch = (int) blocks.stream().filter(b -> b.welchP() <= 0.05).count();
    double[] halfWidths =
        pairs.stream()
            .mapToDouble(pair -> pair.ratio(0.95).halfWidth().orElseThrow())
            .sorted()
            .toArray();
    return new PairFigures(
        new Share(at95, pairs.size()),
        new Share(at99, pairs.size()),
        Numbers.median(halfWidths),
        new Share(pooled, blocks.size()),
        new Share(welch, blocks.size()));
  }

  private static List<BlockDesign> blocks(List<Pair> pairs) {
    Map<String, Pair> even = new LinkedHashMap<>();
    List<BlockDesign> blocks = new ArrayList<>();
    for (Pair pair : pairs) {
      String key = "%s %d %d".formatted(pair.cell(), pair.job(), pair.set() / 2);
      if (pair.set() % 2 == 0) {
        even.put(key, pair);
      } else if (even.containsKey(key)) {
        blocks.add(BlockDesign.of(even.get(key).baseline(), pair.placebo()));
      }
    }
    return blocks;
  }

  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("pairs", at95.of());
    figures.put("false_positives", at95.figures());
    figures.put("false_positives_1_percent", at99.figures());
    figures.put(
        "median_half_width", medianHalfWidth.isPresent() ? medianHalfWidth.getAsDouble() : null);
    figures.put("block_pooled", pooled.figures());
    figures.put("block_welch", welch.figures());
    return figures;
  }

  static String head() {
    return "%-34s %-30s %-28s %-9s %-30s %s%n"
        .formatted(
            "equal arms called different",
            "paired, at 5 %",
            "paired, at 1 %",
            "± median",
            "blocks, pooled t",
            "blocks, Welch");
  }

  String row(String name) {
    return "%-34s %-30s %-28s %-9s %-30s %s%n"
        .formatted(
            name,
            at95,
            at99,
            medianHalfWidth.isPresent() ? Numbers.percent(medianHalfWidth.getAsDouble()) : "",
            pooled,
            welch);
  }
}
