package dev.lanes.bench;

import dev.lanes.statistics.Interval;
import dev.lanes.statistics.PairedRatio;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A quantile of the latencies that a model shows to two loads.
 *
 * @param loop {@code open}, {@code closed} or {@code punctual}: the open one, but without what
 *     Lanes' load itself was late to send, which h2load never counts
 * @param quantile {@code p50} or {@code p99}
 * @param ownSeconds median over the rounds of what Lanes' load says
 * @param outsideSeconds likewise of what the outside load generator says
 * @param ratio outside over own, from one log ratio of each round
 */
record LoadFigures(
    String model,
    String loop,
    String quantile,
    double ownSeconds,
    double outsideSeconds,
    PairedRatio ratio) {

  /** A fixed load, where both begin to count at the sending of a request. */
  static final String JUDGED_LOOP = "punctual";

  private static final List<String> LOOPS = List.of("open", "punctual", "closed");
  static final List<String> QUANTILES = List.of("p50", "p99");

  /** The two may differ by this share, either way. */
  static final double LIMIT = 0.1;

  /** What the interval of a ratio says about the limit. */
  enum Judgement {
    WITHIN("within"),
    BEYOND("beyond"),
    UNDECIDED("too wide to judge");

    private final String words;

    Judgement(String words) {
      this.words = words;
    }
  }

  /**
   * Every quantile of every loop of every model.
   *
   * @param rounds lines of the rounds, in any order
   */
  static List<LoadFigures> all(List<JsonNode> rounds) {
    List<LoadFigures> all = new ArrayList<>();
    Lines.by(rounds, "model")
        .forEach((model, lines) -> {
          for (String loop : LOOPS) {
            for (String quantile : QUANTILES) {
              all.add(of(model, loop, quantile, lines));
            }
          }
        });
    return all;
  }

  private static LoadFigures of(String model, String loop, String quantile, List<JsonNode> lines) {
    double[] own = seconds(lines, loop, "lanes", quantile);
    double[] outside = seconds(lines, loop, "outside", quantile);
    double[] logRatios = new double[own.length];
    for (int i = 0; i < own.length; i++) {
      logRatios[i] = Math.log(outside[i] / own[i]);
    }
    return new LoadFigures(
        model,
        loop,
        quantile,
        Numbers.median(own).orElseThrow(),
        Numbers.median(outside).orElseThrow(),
        PairedRatio.of(logRatios));
  }

  private static double[] seconds(List<JsonNode> lines, String loop, String tool, String quantile) {
    return lines.stream()
        .mapToDouble(line -> line.path(loop).path(tool).path(quantile).asDouble())
        .toArray();
  }

  /** Within or beyond only where the whole interval is. */
  Judgement judgement() {
    double limit = Math.log1p(LIMIT);
    Optional<Interval> interval = ratio.logInterval();
    if (interval.isEmpty()) {
      return Judgement.UNDECIDED;
    }
    Interval found = interval.get();
    if (-limit <= found.lower() && found.upper() <= limit) {
      return Judgement.WITHIN;
    }
    return found.lower() > limit || found.upper() < -limit ? Judgement.BEYOND : Judgement.UNDECIDED;
  }

  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("own_seconds", ownSeconds);
    figures.put("outside_seconds", outsideSeconds);
    figures.put("outside_over_own", ratio.ratio());
    figures.put("ci_low", bound(ratio.interval().map(Interval::lower)));
    figures.put("ci_high", bound(ratio.interval().map(Interval::upper)));
    figures.put("rounds", ratio.rounds());
    figures.put("judgement", judgement().words);
    return figures;
  }

  private static @Nullable Double bound(Optional<Double> bound) {
    return bound.orElse(null);
  }

  private static final String ROW = "%-22s %-9s %-4s %11s %11s  %-22s %s%n";

  static String head() {
    return ROW.formatted("model", "loop", "", "Lanes", "h2load", "h2load / Lanes", "10 %");
  }

  String row() {
    return ROW.formatted(
        model,
        loop,
        quantile,
        microseconds(ownSeconds),
        microseconds(outsideSeconds),
        ratioText(),
        judgement().words);
  }

  private static String microseconds(double seconds) {
    return String.format(Locale.ROOT, "%.0f µs", seconds * 1e6);
  }

  private String ratioText() {
    String interval =
        ratio
            .interval()
            .map(i -> String.format(Locale.ROOT, " (%.3f–%.3f)", i.lower(), i.upper()))
            .orElse(" (too few rounds)");
    return String.format(Locale.ROOT, "%.3f%s", ratio.ratio(), interval);
  }

  /** Whether the two agree on a quantile of a loop, for every model. */
  static Gate gate(List<LoadFigures> all, String loop, String quantile) {
    List<LoadFigures> some =
        all.stream()
            .filter(each -> each.loop.equals(loop) && each.quantile.equals(quantile))
            .toList();
    List<String> found = new ArrayList<>();
    for (LoadFigures each : some) {
      found.add("%s %s %s".formatted(each.model, each.ratioText(), each.judgement().words));
    }
    return new Gate(
        "%s of the %s loop by h2load over by Lanes".formatted(quantile, loop),
        "1/%1$.1f to %1$.1f, the whole interval, for each model".formatted(1 + LIMIT),
        found.isEmpty() ? "nothing" : String.join("; ", found),
        !some.isEmpty() && some.stream().allMatch(each -> each.judgement() == Judgement.WITHIN));
  }

  /** Middle of a number that each line has; absent without lines. */
  static OptionalDouble median(List<JsonNode> lines, String field) {
    return Numbers.median(
        lines.stream().mapToDouble(line -> line.path(field).asDouble()).toArray());
  }
}
