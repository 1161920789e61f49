package dev.lanes.statistics;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the noise under one cell's figures. Shares are dimensionless, as 0.02 for 2
 * %; what a host does not tell is absent.
 *
 * @param logRatios per judged measure the cell's log ratios to its baseline, one per round; empty
 *     for the baseline itself and for a cell that is alone
 * @param cleanLogRatios likewise, of the clean rounds only
 * @param placeboLogRatios the placebo over the baseline it repeats, one log ratio per round, of the
 *     steady measure; empty when there is no placebo
 * @param slices seconds per batch of this cell by round and turn, warm-ups left out; may be empty
 * @param threshold smallest relative difference that matters, as 0.02
 * @param rounds rounds that count
 * @param dirtyRounds those of them with a disturbance
 * @param imprecise why the asked precision was not reached; null when it was
 * @param cpuGap 1 − ΣCPU / Σ(wall · min(threads, processors)): what a processor-bound cell did not
 *     get of the processors it could use; absent where it has no meaning
 * @param runDelayShare time ready to run but without a processor, over the wall time of all threads
 * @param stealShare time that the hypervisor gave to others
 * @param pressureShare time in which some task waited for a processor, by the kernel's pressure
 *     stall information
 * @param loadPerCore load average at the start over the number of processors
 * @param faults what makes the figures invalid outright, in words
 * @param warnings what makes them noisy outright, in words
 */
public record NoiseEvidence(
    List<double[]> logRatios,
    List<double[]> cleanLogRatios,
    double[] placeboLogRatios,
    double[][] slices,
    double threshold,
    int rounds,
    int dirtyRounds,
    @Nullable String imprecise,
    OptionalDouble cpuGap,
    OptionalDouble runDelayShare,
    OptionalDouble stealShare,
    OptionalDouble pressureShare,
    OptionalDouble loadPerCore,
    List<String> faults,
    List<String> warnings) {

  /**
   * @throws IllegalArgumentException if the threshold is not positive, more rounds are dirty than
   *     there are, or measures of all and of clean rounds are not the same number
   */
  public NoiseEvidence {
    Decision.requireThreshold(threshold);
    if (dirtyRounds < 0 || dirtyRounds > rounds) {
      throw new IllegalArgumentException(
          "%d dirty of %d rounds: count among the rounds that count"
              .formatted(dirtyRounds, rounds));
    }
    if (logRatios.size() != cleanLogRatios.size()) {
      throw new IllegalArgumentException(
          "%d measures of all rounds, %d of the clean ones: pass the same measures, if need be with"
                  .formatted(logRatios.size(), cleanLogRatios.size())
              + " no clean round");
    }
    logRatios = List.copyOf(logRatios);
    cleanLogRatios = List.copyOf(cleanLogRatios);
    faults = List.copyOf(faults);
    warnings = List.copyOf(warnings);
  }
}
