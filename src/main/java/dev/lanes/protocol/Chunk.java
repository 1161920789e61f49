package dev.lanes.protocol;

import dev.lanes.catalog.Evidence;
import dev.lanes.catalog.Outcome;
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
 * @param endings cells whose measuring has ended; each cell ends once in an attempt
 */
public record Chunk(
    @NotNull List<@Valid RoundSamples> samples, @NotNull List<@Valid CellEnding> endings) {

  public Chunk {
    samples = List.copyOf(samples);
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
   * How a cell ended.
   *
   * @param build exact id of the interpreter that was used; null when none was
   * @param rounds whole rounds that count
   * @param loops batches per slice, fixed for all rounds; 0 when no slice ran
   * @param imprecise why the asked precision was not reached; null when it was
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
      @Nullable String imprecise,
      @NotNull Map<String, Object> environment) {}
}
