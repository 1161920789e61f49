package dev.lanes.statistics;

import dev.lanes.catalog.Measure;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Puts a judged ratio into words.
 *
 * @param advantage how many times better the contender is: of a time, how many times faster
 * @param threshold relative difference that matters
 * @param words of the measure
 */
record Wording(Ratio advantage, double threshold, Measure.Words words) {
  private static final int MAX_DECIMALS = 4;

  String of(
      Verdict verdict, boolean negligible, OptionalInt roundsNeeded, OptionalDouble adjustedP) {
    return switch (verdict) {
      case FASTER, SLOWER ->
          factor(advantage.logInterval()) + (negligible ? ", within ±" + percent(threshold) : "");
      case SAME ->
          "same within ±%s: %s at %s"
              .formatted(
                  percent(threshold),
                  factor(advantage.logEquivalenceInterval()),
                  percent(2 * advantage.confidence() - 1));
      case UNKNOWN ->
          "unknown: %s%s, needs %s %d rounds"
              .formatted(
                  factor(advantage.logInterval()),
                  overruled(adjustedP),
                  advantage.logInterval().isPresent() ? "about" : "at least",
                  roundsNeeded.orElseThrow());
    };
  }

  /** Why the interval alone does not decide. */
  private String overruled(OptionalDouble adjustedP) {
    boolean excluded = advantage.logInterval().map(i -> !i.contains(0)).orElse(false);
    return excluded && adjustedP.isPresent()
        ? ", p %s among all arms".formatted(fixed(adjustedP.getAsDouble(), 2))
        : "";
  }

  /** The factor with its interval, if there is one. */
  String factor() {
    return factor(advantage.logInterval());
  }

  /** The better over the worse, so that both directions read alike. */
  private String factor(Optional<Interval> logInterval) {
    boolean worse = advantage.logRatio() < 0;
    double factor = StrictMath.exp(Math.abs(advantage.logRatio()));
    String word =
        advantage.logRatio() == 0 ? words.equal() : worse ? words.worse() : words.better();
    Optional<Interval> interval =
        logInterval.map(i -> worse ? i.negated() : i).map(Interval::exponentiated);
    int decimals = decimals(factor, interval);
    String number = fixed(factor, decimals);
    return interval
        .map(i ->
            "%s× %s [%s, %s]"
                .formatted(number, word, fixed(i.lower(), decimals), fixed(i.upper(), decimals)))
        .orElse("%s× %s".formatted(number, word));
  }

  /**
   * Enough decimals to show the half width to about its leading digit, and to tell a bound from 1.
   */
  private static int decimals(double factor, Optional<Interval> interval) {
    int decimals = factor < 10 ? 2 : factor < 100 ? 1 : 0;
    while (decimals < MAX_DECIMALS
        && interval.isPresent()
        && (interval.get().halfWidth() * Math.pow(10, decimals) < 3
            || hidesDifference(interval.get(), decimals))) {
      decimals++;
    }
    return decimals;
  }

  private static boolean hidesDifference(Interval interval, int decimals) {
    String one = fixed(1, decimals);
    return !interval.contains(1)
        && (fixed(interval.lower(), decimals).equals(one)
            || fixed(interval.upper(), decimals).equals(one));
  }

  private static String fixed(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  private static String percent(double share) {
    BigDecimal percent = new BigDecimal(fixed(100 * share, 2)).stripTrailingZeros();
    return percent.toPlainString() + " %";
  }
}
