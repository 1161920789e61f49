package dev.lanes.result;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the host was like during one round of a comparison group.
 *
 * @param group number of the group in its job
 * @param round number of the round, from 0
 * @param seconds from the start of the first process to the end of the last
 * @param hashSeed PYTHONHASHSEED of every process of the round
 * @param sentinels values of the sentinel kernels by name
 * @param counters of the kernel over the round by name
 * @param disturbances why the round is dirty, in words; empty for a clean one
 */
public record RoundEvidence(
    int group,
    int round,
    double seconds,
    long hashSeed,
    Layout layout,
    Map<String, Double> sentinels,
    Map<String, Double> counters,
    List<String> disturbances) {

  /** How the arms of a round took turns. */
  public enum Layout {
    /** One slice each in every turn. */
    TURNS,
    /** One process after the other. */
    ONE_BY_ONE
  }

  /**
   * @throws IllegalArgumentException if a value is not finite, or a time is negative
   */
  public RoundEvidence {
    requireValue(group, round, "seconds", seconds);
    for (var values : List.of(sentinels, counters)) {
      values.forEach((name, value) -> requireValue(group, round, name, value));
    }
    sentinels = Collections.unmodifiableMap(new TreeMap<>(sentinels));
    counters = Collections.unmodifiableMap(new TreeMap<>(counters));
    disturbances = List.copyOf(disturbances);
  }

  private static void requireValue(int group, int round, String name, double value) {
    boolean time = name.endsWith("seconds");
    if (!Double.isFinite(value) || time && value < 0) {
      throw new IllegalArgumentException(
          "round %d of group %d has %s = %s; it must be finite%s"
              .formatted(round, group, name, value, time ? " and not negative" : ""));
    }
  }

  /** Whether something disturbed the round. */
  public boolean dirty() {
    return !disturbances.isEmpty();
  }
}
