package dev.lanes.exchange;

import dev.lanes.catalog.Measure;
import dev.lanes.exchange.Imported.Benchmark;
import dev.lanes.statistics.Decision;
import dev.lanes.statistics.FalseDiscovery;
import dev.lanes.statistics.Interval;
import dev.lanes.statistics.UnpairedRatio;
import dev.lanes.statistics.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Two imports compared, benchmark by benchmark. They share no rounds: nothing cancels what their
 * host did between them, so that equal programs are told apart far more often than their intervals
 * say.
 *
 * @param items benchmarks of both, in the order of the first
 * @param onlyHere names of benchmarks that the baseline does not have
 * @param onlyAgainst names of benchmarks that only the baseline has
 */
record ImportComparison(
    UUID id,
    UUID against,
    double confidence,
    double threshold,
    double falseDiscoveryRate,
    String warning,
    List<Item> items,
    List<String> onlyHere,
    List<String> onlyAgainst) {

  private static final double CONFIDENCE = 0.95;
  private static final String WARNING =
      "unpaired: what the hosts did between the two is in no interval, and makes equal programs"
          + " differ; measure them in one run to know";

  /** What of a host makes another one of it. */
  private static final List<String> HOST =
      List.of("hostname", "cpu_model_name", "platform", "machine", "cpu");

  /**
   * One benchmark.
   *
   * @param ratio contender over baseline, of the geometric means of the processes; null without
   * @param processes of the contender
   * @param baselineProcesses of the baseline
   * @param pValue two-sided, by Welch's test of the processes' logarithms
   * @param qValue the smallest rate of false discoveries at which this one differs
   * @param sentence the verdict in words, or why there is none
   * @param warnings what speaks against it
   */
  record Item(
      String name,
      String unit,
      @Nullable Double ratio,
      @Nullable Double ciLow,
      @Nullable Double ciHigh,
      int processes,
      int baselineProcesses,
      Verdict verdict,
      @Nullable Double pValue,
      @Nullable Double qValue,
      String sentence,
      List<String> warnings) {

    private Item among(double q) {
      return new Item(
          name,
          unit,
          ratio,
          ciLow,
          ciHigh,
          processes,
          baselineProcesses,
          verdict,
          pValue,
          q,
          sentence,
          warnings);
    }
  }

  static ImportComparison of(UUID id, Imported contender, UUID against, Imported baseline) {
    Map<String, Benchmark> over = byName(baseline);
    List<Item> items = new ArrayList<>();
    List<String> onlyHere = new ArrayList<>();
    for (Benchmark benchmark : contender.benchmarks()) {
      Benchmark other = over.remove(benchmark.name());
      if (other == null) {
        onlyHere.add(benchmark.name());
      } else {
        items.add(
            item(
                benchmark,
                other,
                contender.format() == Imported.Format.ASV
                    || baseline.format() == Imported.Format.ASV));
      }
    }
    return new ImportComparison(
        id,
        against,
        CONFIDENCE,
        Decision.THRESHOLD,
        FalseDiscovery.LEVEL,
        WARNING,
        among(items),
        onlyHere,
        List.copyOf(over.keySet()));
  }

  private static Map<String, Benchmark> byName(Imported imported) {
    return imported.benchmarks().stream()
        .collect(
            Collectors.toMap(
                Benchmark::name, Function.identity(), (first, _) -> first, LinkedHashMap::new));
  }

  private static Item item(Benchmark contender, Benchmark baseline, boolean pooled) {
    double[] of = logs(contender);
    double[] over = logs(baseline);
    if (!contender.unit().equals(baseline.unit())) {
      return without(
          contender,
          baseline,
          "the units differ: %s and %s".formatted(contender.unit(), baseline.unit()));
    }
    if (of.length == 0 || over.length == 0) {
      return without(contender, baseline, "a side has no values");
    }
    UnpairedRatio ratio = UnpairedRatio.of(of, over, CONFIDENCE);
    if (pooled) {
      // Samples of one process are not independent: an interval from them would be too narrow.
      return new Item(
          contender.name(),
          contender.unit(),
          ratio.ratio(),
          null,
          null,
          of.length,
          over.length,
          Verdict.UNKNOWN,
          null,
          null,
          "unknown: asv does not say which samples are of the same process, so that there is no"
              + " interval",
          warnings(contender, baseline));
    }
    Decision decision =
        Decision.of(ratio, measure(contender), Decision.THRESHOLD, OptionalDouble.empty());
    return new Item(
        contender.name(),
        contender.unit(),
        ratio.ratio(),
        ratio.interval().map(Interval::lower).orElse(null),
        ratio.interval().map(Interval::upper).orElse(null),
        of.length,
        over.length,
        decision.verdict(),
        ratio.pValue().isPresent() ? (Double) ratio.pValue().getAsDouble() : null,
        null,
        decision.sentence(),
        warnings(contender, baseline));
  }

  /** Every unit that other programs have is better when it is less. */
  private static Measure measure(Benchmark benchmark) {
    return benchmark.unit().equals("byte") ? Measure.PEAK_PSS_BYTES : Measure.TOTAL_SECONDS;
  }

  private static double[] logs(Benchmark benchmark) {
    return Arrays.stream(benchmark.means()).map(StrictMath::log).toArray();
  }

  private static Item without(Benchmark contender, Benchmark baseline, String reason) {
    return new Item(
        contender.name(),
        contender.unit(),
        null,
        null,
        null,
        contender.means().length,
        baseline.means().length,
        Verdict.UNKNOWN,
        null,
        null,
        "not comparable: " + reason,
        List.of());
  }

  private static List<String> warnings(Benchmark contender, Benchmark baseline) {
    List<String> warnings = new ArrayList<>();
    for (String fact : HOST) {
      Object here = contender.metadata().get(fact);
      Object there = baseline.metadata().get(fact);
      if (here != null && there != null && !Objects.equals(here, there)) {
        warnings.add("%s differs: %s and %s".formatted(fact, here, there));
      }
    }
    return warnings;
  }

  private static List<Item> among(List<Item> items) {
    double[] pValues =
        items.stream().map(Item::pValue).filter(Objects::nonNull).mapToDouble(p -> p).toArray();
    double[] qValues = FalseDiscovery.qValues(pValues);
    List<Item> judged = new ArrayList<>();
    int next = 0;
    for (Item item : items) {
      judged.add(item.pValue() == null ? item : item.among(qValues[next++]));
    }
    return judged;
  }
}
