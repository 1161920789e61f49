package dev.lanes.protocol;

import dev.lanes.catalog.Evidence;
import dev.lanes.catalog.Outcome;
import dev.lanes.catalog.Quality;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Some of the results of an attempt.
 *
 * @param samples timings of whole rounds
 * @param rounds what the host was like during those rounds; each round is told once
 * @param endings cells whose measuring has ended; each cell ends once in an attempt
 */
public record Chunk(
    @NotNull List<@Valid RoundSamples> samples,
    @NotNull List<@Valid RoundEvidence> rounds,
    @NotNull List<@Valid CellEnding> endings) {

  public Chunk {
    samples = List.copyOf(samples);
    rounds = List.copyOf(rounds);
    endings = List.copyOf(endings);
  }

  /**
   * The values of one measure of one cell in one round.
   *
   * @param warmups how many of the first values are warm-up
   * @param values in the unit of the measure, in the order of turns
   */
  public record RoundSamples(
      @NotNull UUID cell,
      @Min(0) int round,
      @NotNull String measure,
      @Min(0) int warmups,
      double @NotNull [] values) {}

  /**
   * What the host was like during one round of a group.
   *
   * @param group number of the comparison group
   * @param seconds from the start of the first process to the end of the last
   * @param hashSeed PYTHONHASHSEED of every process of the round
   * @param layout how the arms took turns
   * @param sentinels values of the sentinel kernels by name, as {@code cpu_before_seconds}, {@code
   *     cpu_after_seconds}, {@code cpu_reference_seconds}; what a host lacks is left out
   * @param counters of the kernel over the round by name, as {@code steal_share}, {@code
   *     throttled_seconds}; what a host lacks is left out
   * @param disturbances why the round is dirty, in words, judged without looking at any arm's time;
   *     empty for a clean one. Dirty rounds count, and the clean ones are looked at by themselves.
   */
  public record RoundEvidence(
      @Min(0) int group,
      @Min(0) int round,
      double seconds,
      long hashSeed,
      @NotNull Layout layout,
      @NotNull Map<String, Double> sentinels,
      @NotNull Map<String, Double> counters,
      @NotNull List<String> disturbances) {

    /** How the arms of a round took turns. */
    public enum Layout {
      /** One slice each in every turn, in random order, the others parked. */
      TURNS,
      /** One process after the other in random order: an arm's parked workers use the processor. */
      ONE_BY_ONE
    }

    public RoundEvidence {
      sentinels = Map.copyOf(sentinels);
      counters = Map.copyOf(counters);
      disturbances = List.copyOf(disturbances);
    }
  }

  /**
   * How a cell ended.
   *
   * @param build exact id of the interpreter that was used; null when none was
   * @param rounds whole rounds that count
   * @param loops batches per slice, fixed for all rounds; 0 when no slice ran
   * @param turns turns of a round that count; 0 when no slice ran
   * @param warmups turns before them that are kept and flagged
   * @param imprecise why the asked precision was not reached; null when it was
   * @param quality how far its figures can be trusted; null without figures
   * @param qualityReasons what speaks against them, the weightiest first, in words
   * @param environment what the process said about itself
   */
  public record CellEnding(
      @NotNull UUID cell,
      @NotNull Outcome outcome,
      @Nullable String reason,
      @Nullable Evidence evidence,
      @Nullable String build,
      @Min(0) int rounds,
      @Min(0) int loops,
      @Min(0) int turns,
      @Min(0) int warmups,
      @Nullable String imprecise,
      @Nullable Quality quality,
      @NotNull List<String> qualityReasons,
      @NotNull Map<String, Object> environment) {
    public CellEnding {
      qualityReasons = List.copyOf(qualityReasons);
    }
  }
}
