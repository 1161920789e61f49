package dev.lanes.bench;

import dev.lanes.statistics.HodgesLehmann;
import dev.lanes.statistics.Interval;
import dev.lanes.statistics.PairedRatio;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/**
 * How well arms with more work were recognised. The truth is the ratio of their work.
 *
 * @param work of the slower arm; the baseline has 1000
 * @param rounds of a trial; trials are disjoint sets of consecutive rounds
 * @param seen trials whose 95 % interval says "slower"
 * @param covered trials whose 95 % interval contains the truth
 * @param withinMinute of the trials of 60 rounds, how many said so with the rounds of the first 60
 *     seconds, arms that did not take part in the comparison included
 * @param swapped trials that, with the labels swapped, give the exact reciprocal
 */
record SlowdownFigures(
    String work,
    int rounds,
    Share seen,
    Share covered,
    Optional<Share> withinMinute,
    Share swapped,
    OptionalDouble medianHalfWidth) {

  private static final int MANY_ROUNDS = 60;
  private static final int FEW_ROUNDS = 20;
  private static final double BASE = 1000;

  /** Fewest trials by which a gate is judged. */
  private static final int ENOUGH_TRIALS = 20;

  private static final double MANY_SECONDS = 60;

  /** Figures of an arm over the long measurements that are given. */
  static SlowdownFigures of(List<JsonNode> measurements, String work) {
    double truth = Math.log(Double.parseDouble(work) / BASE);
    int size = truth < Math.log(1.04) ? MANY_ROUNDS : FEW_ROUNDS;
    int trials = 0;
    int seen = 0;
    int covered = 0;
    int swapped = 0;
    int timed = 0;
    int withinMinute = 0;
    List<Double> halfWidths = new ArrayList<>();
    for (JsonNode measurement : measurements) {
      double[][] baseline = Lines.table(measurement.path("arms").path("1000"));
      double[][] slower = Lines.table(measurement.path("arms").path(work));
      double[] ratios = Pair.logRatios(slower, baseline);
      double[] reversed = Pair.logRatios(baseline, slower);
      for (int from = 0; from + size <= ratios.length; from += size) {
        PairedRatio ratio = PairedRatio.of(Arrays.copyOfRange(ratios, from, from + size));
        PairedRatio mirror = PairedRatio.of(Arrays.copyOfRange(reversed, from, from + size));
        Interval interval = ratio.logInterval().orElseThrow();
        trials++;
        seen += interval.lower() > 0 ? 1 : 0;
        covered += interval.contains(truth) ? 1 : 0;
        swapped += mirror.equals(ratio.inverse()) ? 1 : 0;
        halfWidths.add(interval.halfWidth());
      }
      int quick = within(Lines.numbers(measurement.path("round_seconds")));
      if (size == MANY_ROUNDS && quick > 0) {
        timed++;
        double[] first = Arrays.copyOf(ratios, Math.min(quick, ratios.length));
        withinMinute +=
            PairedRatio.of(first).logInterval().map(i -> i.lower() > 0).orElse(false) ? 1 : 0;
      }
    }
    return new SlowdownFigures(
        work,
        size,
        new Share(seen, trials),
        new Share(covered, trials),
        timed == 0 ? Optional.empty() : Optional.of(new Share(withinMinute, timed)),
        new Share(swapped, trials),
        Numbers.median(halfWidths.stream().mapToDouble(h -> h).toArray()));
  }

  private static int within(double[] roundSeconds) {
    double passed = 0;
    int rounds = 0;
    while (rounds < roundSeconds.length && passed + roundSeconds[rounds] <= MANY_SECONDS) {
      passed += roundSeconds[rounds++];
    }
    return rounds;
  }

  /**
   * Time of a batch that does not depend on the work, over the time of a batch of the baseline: in
   * each round a least-squares line through the arms' medians, then the location over rounds.
   */
  static Map<String, Object> intercept(List<JsonNode> measurements) {
    List<Double> shares = new ArrayList<>();
    for (JsonNode measurement : measurements) {
      JsonNode arms = measurement.path("arms");
      double[] work = arms.propertyNames().stream().mapToDouble(Double::parseDouble).toArray();
      List<double[][]> tables =
          arms.propertyNames().stream().map(arm -> Lines.table(arms.path(arm))).toList();
      for (int round = 0; round < tables.getFirst().length; round++) {
        double[] seconds = new double[work.length];
        for (int arm = 0; arm < work.length; arm++) {
          seconds[arm] = Numbers.median(tables.get(arm)[round]).orElseThrow();
        }
        shares.add(interceptShare(work, seconds));
      }
    }
    if (shares.isEmpty()) {
      return Map.of();
    }
    // Beyond this size the pairwise averages cost more than they tell.
    double[] some = shares.stream().limit(1000).mapToDouble(share -> share).toArray();
    HodgesLehmann location = HodgesLehmann.of(some);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("location", location.location());
    location
        .interval(0.95)
        .ifPresent(interval -> {
          figures.put("ci_low", interval.lower());
          figures.put("ci_high", interval.upper());
        });
    return figures;
  }

  static double interceptShare(double[] work, double[] seconds) {
    double meanWork = Arrays.stream(work).average().orElseThrow();
    double meanSeconds = Arrays.stream(seconds).average().orElseThrow();
    double covariance = 0;
    double variance = 0;
    for (int i = 0; i < work.length; i++) {
      covariance += (work[i] - meanWork) * (seconds[i] - meanSeconds);
      variance += (work[i] - meanWork) * (work[i] - meanWork);
    }
    double slope = covariance / variance;
    double intercept = meanSeconds - slope * meanWork;
    return intercept / (intercept + slope * BASE);
  }

  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("rounds", rounds);
    figures.put("seen", seen.figures());
    figures.put("covered", covered.figures());
    withinMinute.ifPresent(share -> figures.put("seen_within_60_seconds", share.figures()));
    figures.put("swapped_exactly", swapped.figures());
    figures.put(
        "median_half_width", medianHalfWidth.isPresent() ? medianHalfWidth.getAsDouble() : null);
    return figures;
  }

  static String head() {
    return "%-16s %-6s %-7s %-30s %-30s %-9s %s%n"
        .formatted(
            "model", "work", "rounds", "seen", "truth in the interval", "± median", "≤ 60 s");
  }

  String row(String model) {
    return "%-16s %-6s %-7d %-30s %-30s %-9s %s%n"
        .formatted(
            model,
            work,
            rounds,
            seen,
            covered,
            medianHalfWidth.isPresent() ? Numbers.percent(medianHalfWidth.getAsDouble()) : "",
            withinMinute.map(Share::toString).orElse(""));
  }

  /** Power of 80 % at 2 % more work and of 95 % at 5 %, coverage of 93 %, exact reciprocals. */
  List<Gate> gates(String model) {
    String arm = "%s, work %s: ".formatted(model, work);
    boolean enough = seen.of() >= ENOUGH_TRIALS;
    String note = enough ? "" : ": not enough trials, %d are needed".formatted(ENOUGH_TRIALS);
    List<Gate> gates = new ArrayList<>();
    double power = rounds == MANY_ROUNDS ? 0.80 : 0.95;
    gates.add(
        new Gate(
            arm + "seen",
            "at least %.0f %% within %d rounds".formatted(100 * power, rounds),
            seen + note,
            enough && seen.value() >= power));
    gates.add(
        new Gate(
            arm + "truth in the interval",
            "at least 93 %",
            covered + note,
            enough && covered.value() >= 0.93));
    gates.add(
        new Gate(
            arm + "labels swapped",
            "the exact reciprocal every time",
            swapped.toString(),
            swapped.of() > 0 && swapped.hits() == swapped.of()));
    return gates;
  }
}
