package dev.lanes.bench;

import dev.lanes.statistics.Interval;
import dev.lanes.statistics.PairedRatio;
import dev.lanes.statistics.StopRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One tool on one pair of functions.
 *
 * @param medianSeconds of the whole measurement, as its user has to wait for it
 * @param earliestSeconds median of the time after which the tool's own interval was first as narrow
 *     as asked, whether it held the truth or not; where it never was, all that was spent
 * @param capped repetitions in which it never was
 * @param right verdicts that were right: not different for equal functions, slower for the slower
 * @param covered intervals that contain the truth
 * @param near ratios in the end that are as near to the truth as asked
 */
record PyperfFigures(
    OptionalDouble medianSeconds,
    OptionalDouble earliestSeconds,
    Share capped,
    Share right,
    Share covered,
    Share near) {

  /** One repetition with one tool. */
  record Repetition(
      double seconds,
      double earliestSeconds,
      boolean capped,
      boolean right,
      boolean covered,
      boolean near) {}

  static PyperfFigures of(List<Repetition> repetitions) {
    int count = repetitions.size();
    return new PyperfFigures(
        Numbers.median(repetitions.stream().mapToDouble(Repetition::seconds).toArray()),
        Numbers.median(repetitions.stream().mapToDouble(Repetition::earliestSeconds).toArray()),
        new Share((int) repetitions.stream().filter(Repetition::capped).count(), count),
        new Share((int) repetitions.stream().filter(Repetition::right).count(), count),
        new Share((int) repetitions.stream().filter(Repetition::covered).count(), count),
        new Share((int) repetitions.stream().filter(Repetition::near).count(), count));
  }

  /**
   * A job that ended by its own rule; its seconds are all of it, from asking to the result.
   *
   * @param truth log of the true ratio
   */
  static Repetition lanes(JsonNode line, double truth, double halfWidth) {
    double[] ratios =
        Pair.logRatios(Lines.table(line.path("second")), Lines.table(line.path("first")));
    PairedRatio ratio = PairedRatio.of(ratios, StopRule.CONFIDENCE);
    boolean different = ratio.logInterval().map(i -> !i.contains(0)).orElse(false);
    boolean right = truth == 0 ? !different : different && ratio.logRatio() > 0;
    boolean known = ratio.halfWidth().orElse(Double.POSITIVE_INFINITY) <= Math.log1p(halfWidth);
    double seconds = line.path("seconds").asDouble();
    return new Repetition(
        seconds,
        seconds,
        !line.path("imprecise").isNull() || !known,
        right,
        ratio.logInterval().map(i -> i.contains(truth)).orElse(false),
        Math.abs(ratio.logRatio() - truth) <= Math.log1p(halfWidth));
  }

  /**
   * Runs of pyperf. Verdict and time are those of its defaults, and of the repeats while its
   * interval was too wide. The earliest time is that of the fewest processes whose interval was
   * narrow enough, as if one could have known beforehand when to stop.
   */
  static Repetition pyperf(JsonNode line, double truth, double halfWidth, int fewest) {
    String verdict = line.path("verdict").asString();
    boolean right =
        truth == 0
            ? verdict.equals("not significant") || verdict.equals("no change")
            : verdict.equals("slower");
    OptionalDouble seconds = secondsUntil(line.path("batches"), halfWidth, fewest);
    double spent =
        line.path("batches")
            .valueStream()
            .mapToDouble(batch -> batch.path("seconds").asDouble())
            .sum();
    List<double[]> first = new ArrayList<>();
    List<double[]> second = new ArrayList<>();
    for (JsonNode batch : line.path("batches")) {
      first.addAll(List.of(Lines.table(batch.path("first"))));
      second.addAll(List.of(Lines.table(batch.path("second"))));
    }
    Interval interval = Welch.of(logMeans(first), logMeans(second)).interval();
    double ratio = (interval.lower() + interval.upper()) / 2;
    return new Repetition(
        spent,
        seconds.orElse(spent),
        seconds.isEmpty(),
        right,
        interval.contains(truth),
        Math.abs(ratio - truth) <= Math.log1p(halfWidth));
  }

  /** Whether these batches do not tell the ratio as well as asked. */
  static boolean capped(List<Map<String, Object>> batches, double halfWidth, int fewest) {
    return secondsUntil(JsonMapper.shared().valueToTree(batches), halfWidth, fewest).isEmpty();
  }

  /** A share of a batch is taken to need that share of its time. */
  private static OptionalDouble secondsUntil(JsonNode batches, double halfWidth, int fewest) {
    List<double[]> first = new ArrayList<>();
    List<double[]> second = new ArrayList<>();
    double passed = 0;
    for (JsonNode batch : batches) {
      double[][] ofFirst = Lines.table(batch.path("first"));
      double[][] ofSecond = Lines.table(batch.path("second"));
      int size = Math.min(ofFirst.length, ofSecond.length);
      for (int i = 0; i < size; i++) {
        first.add(ofFirst[i]);
        second.add(ofSecond[i]);
        if (first.size() >= fewest
            && Welch.of(logMeans(first), logMeans(second)).interval().halfWidth()
                <= Math.log1p(halfWidth)) {
          return OptionalDouble.of(passed + batch.path("seconds").asDouble() * (i + 1) / size);
        }
      }
      passed += batch.path("seconds").asDouble();
    }
    return OptionalDouble.empty();
  }

  private static double[] logMeans(List<double[]> processes) {
    return processes.stream()
        .mapToDouble(values -> {
          double sum = 0;
          for (double value : values) {
            sum += value;
          }
          return Math.log(sum / values.length);
        })
        .toArray();
  }

  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("median_seconds", orNull(medianSeconds));
    figures.put("earliest_seconds", orNull(earliestSeconds));
    figures.put("capped", capped.figures());
    figures.put("right", right.figures());
    figures.put("covered", covered.figures());
    figures.put("near", near.figures());
    return figures;
  }

  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static final String ROW = "%-18s %-9s %-12s %-26s %-28s %-28s %s%n";

  static String head() {
    return ROW.formatted(
        "pair, tool", "ready", "first ±2 %", "never ±2 %", "right", "truth inside", "within ±2 %");
  }

  String row(String name) {
    return ROW.formatted(
        name, seconds(medianSeconds), seconds(earliestSeconds), capped, right, covered, near);
  }

  private static String seconds(OptionalDouble value) {
    return value.isPresent() ? Numbers.seconds(value.getAsDouble()) : "";
  }
}
