package dev.lanes.measurement;

import java.util.List;
import java.util.Map;

/** Looks at the host before and after each round, without looking at any arm. */
public interface RoundWatch {

  /** Sees nothing. */
  RoundWatch NONE =
      new RoundWatch() {
        @Override
        public void begin() {}

        @Override
        public Observation end(double seconds) {
          return new Observation(Map.of(), Map.of(), List.of());
        }
      };

  /**
   * What was seen.
   *
   * @param sentinels values of the sentinel's kernels by name
   * @param counters of the kernel over the round by name
   * @param disturbances why the round is dirty, in words; empty for a clean one
   */
  record Observation(
      Map<String, Double> sentinels, Map<String, Double> counters, List<String> disturbances) {}

  /** A round is about to begin. */
  void begin();

  /**
   * A round has ended.
   *
   * @param seconds that it took
   */
  Observation end(double seconds);
}
