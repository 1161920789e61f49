package dev.lanes.run;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is submitted.
 *
 * @param matrix the values of every axis: {@code workload}, {@code model}, {@code interpreter},
 *     {@code tasks}, {@code parallelism}, and the parameters of the workloads
 * @param exclude combinations that are left out; each names a value for some of the axes
 * @param profiles hardware profiles; one job is made for each
 * @param priority -100 to 100; a greater one goes first
 * @param goal what the run looks for: further sizes are measured until it is known
 * @param labels free notes, {@code {"commit": "…"}}
 */
public record RunRequest(
    @Nullable String name,
    @Schema(ref = "#/components/schemas/Matrix", requiredMode = REQUIRED)
        @Nullable Map<String, Object> matrix,
    @ArraySchema(schema = @Schema(ref = "#/components/schemas/Axes"))
        @Nullable List<Map<String, Object>> exclude,
    @Nullable List<String> profiles,
    @Nullable PrecisionRequest precision,
    @Nullable Integer priority,
    @Nullable Map<String, String> labels,
    @Nullable Goal goal) {

  /** What a run looks for. */
  public record Goal(@Nullable CrossoverRequest crossover) {}

  /**
   * The size from which one is better than another.
   *
   * @param x axis of the size, which has whole numbers; the matrix names three or more to begin
   *     with
   * @param a one value of one axis, {@code {"model": "subinterpreters"}}
   * @param b another value of the same axis
   * @param octaves width of the interval that is enough, 0.25 unless given: 1 where its ends differ
   *     by a factor of 2
   * @param measure id of the measure, {@code total_seconds} unless given
   */
  public record CrossoverRequest(
      @Nullable String x,
      @Schema(ref = "#/components/schemas/Axes") @Nullable Map<String, Object> a,
      @Schema(ref = "#/components/schemas/Axes") @Nullable Map<String, Object> b,
      @Nullable Double octaves,
      @Nullable String measure) {}

  /**
   * When to stop measuring.
   *
   * @param relativeHalfWidth half width of every ratio's 95 % interval, 0.02 for ±2 %
   * @param timeBudgetS seconds after which no new round begins, for each job
   * @param measures ids of the measures in seconds whose ratios must be that precise; all of them
   *     end the measuring together. Unless given: {@code total_seconds} and {@code steady_seconds}
   */
  public record PrecisionRequest(
      @Nullable Double relativeHalfWidth,
      @Nullable Integer minRounds,
      @Nullable Integer maxRounds,
      @Nullable Double timeBudgetS,
      @Nullable List<String> measures) {}
}
