package dev.lanes.statistics;

import dev.lanes.catalog.Measure.Better;
import dev.lanes.catalog.Quality;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * How far a cell's figures can be trusted. The quality is that of the first rule that matches; the
 * reasons are those of all rules that match, so that nothing hides behind something worse.
 *
 * <p>Limits of the counters are conventions, not derived: they say where a host is usually visibly
 * disturbed. The placebo is what decides, since no counter sees the noise of a hypervisor.
 *
 * @param quality the class of the first reason; stable without one
 * @param reasons what speaks against the figures, a sentence each, the weightiest first
 */
public record Assessment(Quality quality, List<String> reasons) {
  /** Equal arms whose interval at this confidence excludes 1 make the figures invalid. */
  private static final double BROKEN = 0.999;

  /** Likewise unstable: one cell in a hundred on a sound host. */
  private static final double DOUBTFUL = 0.99;

  /** Level of the tests for a change between and within rounds. */
  private static final double CHANGE_LEVEL = 0.01;

  private static final double MAX_VARIATION = 0.10;
  private static final double MAX_CPU_GAP = 0.05;
  private static final double MAX_RUN_DELAY = 0.02;
  private static final double MAX_STEAL = 0.01;
  private static final double MAX_PRESSURE = 0.05;
  private static final double MAX_LOAD = 0.3;

  public Assessment {
    reasons = List.copyOf(reasons);
  }

  /**
   * Applies all rules.
   *
   * @throws IllegalArgumentException if a log ratio is not finite or a slice not positive
   */
  public static Assessment of(NoiseEvidence evidence) {
    List<String> invalid = new ArrayList<>(evidence.faults());
    List<String> unstable = new ArrayList<>();
    List<String> noisy = new ArrayList<>();
    judgePlacebo(evidence, invalid, unstable, noisy);
    judgeCleanRounds(evidence, unstable);
    judgeHalves(evidence, unstable);
    judgeDrift(evidence, unstable);
    judgeCounters(evidence, noisy);
    noisy.addAll(evidence.warnings());
    List<String> imprecise = Optional.ofNullable(evidence.imprecise()).stream().toList();
    Quality quality =
        !invalid.isEmpty()
            ? Quality.INVALID
            : !unstable.isEmpty()
                ? Quality.UNSTABLE
                : !imprecise.isEmpty()
                    ? Quality.IMPRECISE
                    : !noisy.isEmpty() ? Quality.NOISY : Quality.STABLE;
    return new Assessment(
        quality, Stream.of(invalid, unstable, imprecise, noisy).flatMap(List::stream).toList());
  }

  private static void judgePlacebo(
      NoiseEvidence evidence, List<String> invalid, List<String> unstable, List<String> noisy) {
    int rounds = evidence.placeboLogRatios().length;
    int fewest = SignedRank.smallestSize(1 - StopRule.CONFIDENCE);
    if (rounds == 0) {
      noisy.add("no equal arm was measured beside it, so the noise of the ratios is not known");
      return;
    }
    if (rounds < fewest) {
      noisy.add(
          "equal arms were compared in %s; %d rounds are needed to tell the noise of the ratios"
              .formatted(rounds == 1 ? "1 round" : rounds + " rounds", fewest));
      return;
    }
    HodgesLehmann placebo = HodgesLehmann.of(evidence.placeboLogRatios());
    if (excludesZero(placebo, BROKEN)) {
      invalid.add(equalArmsDiffer(placebo, BROKEN));
    } else if (excludesZero(placebo, DOUBTFUL)) {
      unstable.add(equalArmsDiffer(placebo, DOUBTFUL));
    }
    double halfWidth = Math.expm1(placebo.interval(StopRule.CONFIDENCE).orElseThrow().halfWidth());
    if (halfWidth > evidence.threshold()) {
      noisy.add(
          "equal arms differ by up to ±%s, more than the %s that matters"
              .formatted(percent(halfWidth, evidence.threshold()), percent(evidence.threshold())));
    }
  }

  private static boolean excludesZero(HodgesLehmann placebo, double confidence) {
    return placebo.interval(confidence).map(i -> !i.contains(0)).orElse(false);
  }

  private static String equalArmsDiffer(HodgesLehmann placebo, double confidence) {
    Interval interval = placebo.interval(confidence).orElseThrow().exponentiated();
    return String.format(
        Locale.ROOT,
        "equal arms differ: their ratio is %.4f [%.4f, %.4f] at %s",
        StrictMath.exp(placebo.location()),
        interval.lower(),
        interval.upper(),
        percent(confidence));
  }

  /**
   * Only two answers can contradict each other: that fewer rounds leave open what more of them have
   * decided says nothing against either.
   */
  private static void judgeCleanRounds(NoiseEvidence evidence, List<String> unstable) {
    for (int measure = 0; measure < evidence.logRatios().size(); measure++) {
      double[] clean = evidence.cleanLogRatios().get(measure);
      double[] all = evidence.logRatios().get(measure);
      int fewest = SignedRank.smallestSize(1 - StopRule.CONFIDENCE);
      if (clean.length < fewest || all.length < fewest) {
        continue;
      }
      Verdict ofAll = verdict(all, evidence.threshold());
      Verdict ofClean = verdict(clean, evidence.threshold());
      boolean decided = ofAll != Verdict.UNKNOWN && ofClean != Verdict.UNKNOWN;
      if (decided && ofAll != ofClean) {
        unstable.add(
            "the verdict is %s on all %d rounds but %s on the %d clean ones"
                .formatted(word(ofAll), all.length, word(ofClean), clean.length));
      }
    }
  }

  private static Verdict verdict(double[] logRatios, double threshold) {
    return Decision.of(
            PairedRatio.of(logRatios, StopRule.CONFIDENCE),
            Better.LOWER,
            threshold,
            OptionalDouble.empty())
        .verdict();
  }

  private static String word(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  /** Below 5 rounds in each half no test at this level exists, and the rule never matches. */
  private static void judgeHalves(NoiseEvidence evidence, List<String> unstable) {
    for (double[] rounds : evidence.logRatios()) {
      int half = rounds.length / 2;
      if (half == 0) {
        continue;
      }
      double[] first = Arrays.copyOfRange(rounds, 0, half);
      double[] second = Arrays.copyOfRange(rounds, half, rounds.length);
      double shift = Math.abs(Trend.shift(first, second));
      if (shift > StrictMath.log1p(evidence.threshold())) {
        double p = MannWhitneyUTest.withDefaults().test(first, second).getPValue();
        if (p < CHANGE_LEVEL) {
          unstable.add(
              "the ratio changed by %s between the first %d and the last %d rounds (p %s)"
                  .formatted(
                      percent(Math.expm1(shift), evidence.threshold()),
                      first.length,
                      second.length,
                      digits(p, 2)));
        }
      }
    }
  }

  private static void judgeDrift(NoiseEvidence evidence, List<String> unstable) {
    Trend.of(evidence.slices())
        .filter(trend -> trend.pValue() < CHANGE_LEVEL)
        .filter(trend -> Math.abs(trend.change()) > StrictMath.log1p(evidence.threshold()) / 2)
        .ifPresent(trend ->
            unstable.add(
                "drifting: slices get %s by %s from the first to the last turn of a round"
                        .formatted(
                            trend.change() > 0 ? "slower" : "faster",
                            percent(Math.expm1(Math.abs(trend.change()))))
                    + " (p %s)".formatted(digits(trend.pValue(), 2))));
  }

  private static void judgeCounters(NoiseEvidence evidence, List<String> noisy) {
    judge(
        "round medians vary by %s (standard deviation over mean), more than %s",
        variation(evidence.slices()), MAX_VARIATION, noisy);
    judge(
        "%s of the processor time it could have used is missing, more than %s",
        evidence.cpuGap(), MAX_CPU_GAP, noisy);
    judge(
        "its threads waited for a processor for %s of the time, more than %s",
        evidence.runDelayShare(), MAX_RUN_DELAY, noisy);
    judge(
        "the hypervisor gave %s of the processor time to others, more than %s",
        evidence.stealShare(), MAX_STEAL, noisy);
    judge(
        "some task of the host waited for a processor in %s of the time, more than %s",
        evidence.pressureShare(), MAX_PRESSURE, noisy);
    judge(
        "the host was busy at %s per processor at the start, more than %s",
        evidence.loadPerCore(), MAX_LOAD, noisy);
  }

  private static void judge(String sentence, OptionalDouble share, double limit, List<String> to) {
    if (share.isPresent() && share.getAsDouble() > limit) {
      to.add(sentence.formatted(percent(share.getAsDouble(), limit), percent(limit)));
    }
  }

  private static OptionalDouble variation(double[][] slices) {
    double[] medians =
        Arrays.stream(slices)
            .filter(round -> round.length > 0)
            .mapToDouble(round -> MedianInterval.middle(MedianInterval.sorted(round)))
            .toArray();
    if (medians.length < 2) {
      return OptionalDouble.empty();
    }
    double mean = Arrays.stream(medians).average().orElseThrow();
    double squares = Arrays.stream(medians).map(m -> (m - mean) * (m - mean)).sum();
    return OptionalDouble.of(StrictMath.sqrt(squares / (medians.length - 1)) / mean);
  }

  /** Two digits, or as many as tell the value from the limit it exceeds. */
  private static String percent(double share, double limit) {
    int digits = 2;
    while (digits < 6 && digits(100 * share, digits).equals(digits(100 * limit, digits))) {
      digits++;
    }
    return digits(100 * share, digits) + " %";
  }

  private static String percent(double share) {
    return digits(100 * share, 4) + " %";
  }

  private static String digits(double value, int digits) {
    return new BigDecimal(value)
        .round(new MathContext(digits))
        .stripTrailingZeros()
        .toPlainString();
  }
}
