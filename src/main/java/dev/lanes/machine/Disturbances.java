package dev.lanes.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Why a round is dirty. It is judged without any arm's time, so dirty rounds may be left out. */
public final class Disturbances {

  /** Method: H = max(before, after) / reference. */
  static final double SLOWER = 1.25;

  /** Method: |ln(after / before)|. */
  static final double DRIFT = 0.10;

  /**
   * All processors at once do less than this share of what they do one by one: another program uses
   * one of them, or a quota does not allow them. Half is what one busy neighbour on two leaves.
   */
  static final double EFFICIENCY = 0.8;

  /** Method: more than this makes a cell noisy. */
  static final double STEAL = 0.01;

  private Disturbances() {}

  /**
   * The reasons in words; empty for a clean round.
   *
   * @param counters what {@link Counters#since} gave for the round
   */
  public static List<String> of(
      Sentinel.Reading before,
      Sentinel.Reading after,
      Sentinel.Reference reference,
      Map<String, Double> counters) {
    List<String> reasons = new ArrayList<>();
    compare(
        reasons, "processor", before, after, Sentinel.Reading::cpuSeconds, reference.cpuSeconds());
    compare(
        reasons,
        "memory",
        before,
        after,
        Sentinel.Reading::memorySeconds,
        reference.memorySeconds());
    double efficiency = Math.min(before.parallelEfficiency(), after.parallelEfficiency());
    if (efficiency < EFFICIENCY) {
      reasons.add(
          say(
              "all processors at once had %.0f %% of their speed, less than %.0f %%",
              100 * efficiency, 100 * EFFICIENCY));
    }
    double stopped = counters.getOrDefault("throttled_periods", 0.0);
    if (stopped > 0) {
      reasons.add(
          say(
              "a CPU quota stopped processes in %.0f periods, for %.3f s",
              stopped, counters.getOrDefault("throttled_seconds", 0.0)));
    }
    double hot = counters.getOrDefault("thermal_throttles", 0.0);
    if (hot > 0) {
      reasons.add(say("the processor became too hot and slowed down %.0f times", hot));
    }
    double steal = counters.getOrDefault("steal_share", 0.0);
    if (steal > STEAL) {
      reasons.add(
          say(
              "the hypervisor took %.1f %% of the processor time, more than %.0f %%",
              100 * steal, 100 * STEAL));
    }
    return List.copyOf(reasons);
  }

  private static void compare(
      List<String> reasons,
      String kernel,
      Sentinel.Reading before,
      Sentinel.Reading after,
      ToDoubleFunction<Sentinel.Reading> seconds,
      double reference) {
    double first = seconds.applyAsDouble(before);
    double last = seconds.applyAsDouble(after);
    double slower = Math.max(first, last) / reference;
    if (slower > SLOWER) {
      reasons.add(
          say(
              "the %s was %.2f times as slow as when calm, more than %.2f",
              kernel, slower, SLOWER));
    }
    double drift = Math.log(last / first);
    if (Math.abs(drift) > DRIFT) {
      reasons.add(
          say(
              "the %s changed its speed by %.0f %% during the round, more than %.0f %%",
              kernel, 100 * Math.expm1(Math.abs(drift)), 100 * Math.expm1(DRIFT)));
    }
  }

  private static String say(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
