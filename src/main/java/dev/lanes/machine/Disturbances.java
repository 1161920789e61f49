package dev.lanes.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Why a round is dirty. It is judged without any arm's time, so dirty rounds may be left out. */
public final class Disturbances {

  /** Largest max(before, after) / reference of a kernel. */
  static final double SLOWER = 1.25;

  /** Largest |ln(after / before)| of the processor; that of memory changes as much when calm. */
  static final double DRIFT = 0.10;

  /**
   * All cores at once have less than this share of the speed of one: another program uses one of
   * them, which leaves about half, or a quota forbids them. Lower clock rates when all cores work
   * explain no more. It needs no history, so it sees a neighbour that has always been there.
   */
  static final double EFFICIENCY = 0.7;

  /** Largest share of the processor time that a calm hypervisor takes. */
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
    slowness(reasons, "processor", before.cpuSeconds(), after.cpuSeconds(), reference.cpuSeconds());
    slowness(
        reasons,
        "memory",
        before.memorySeconds(),
        after.memorySeconds(),
        reference.memorySeconds());
    double drift = Math.log(after.cpuSeconds() / before.cpuSeconds());
    if (Math.abs(drift) > DRIFT) {
      reasons.add(
          say(
              "the processor changed its speed by %.0f %% during the round, more than %.0f %%",
              100 * Math.expm1(Math.abs(drift)), 100 * Math.expm1(DRIFT)));
    }
    double efficiency = Math.min(before.parallelEfficiency(), after.parallelEfficiency());
    if (efficiency < EFFICIENCY) {
      reasons.add(
          say(
              "all cores at once had %.0f %% of the speed of one, less than %.0f %%",
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

  private static void slowness(
      List<String> reasons, String kernel, double before, double after, double reference) {
    double slower = Math.max(before, after) / reference;
    if (slower > SLOWER) {
      reasons.add(
          say(
              "the %s was %.2f times as slow as when calm, more than %.2f",
              kernel, slower, SLOWER));
    }
  }

  private static String say(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
