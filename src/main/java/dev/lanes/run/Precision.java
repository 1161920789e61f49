package dev.lanes.run;

import dev.lanes.run.RunRequest.PrecisionRequest;
import org.jspecify.annotations.Nullable;

/**
 * When a job has measured enough, with every value given.
 *
 * @param relativeHalfWidth half width that every ratio's interval should reach, as a share
 * @param minRounds rounds that are measured in any case, unless the time ends
 * @param maxRounds rounds after which measuring ends
 * @param timeBudgetS seconds after which no new round begins
 */
public record Precision(
    double relativeHalfWidth, int minRounds, int maxRounds, double timeBudgetS) {

  /** Ten minutes at most, and intervals of ±2.5 %. */
  static final Precision STANDARD = new Precision(0.025, 6, 40, 600);

  static Precision of(@Nullable PrecisionRequest request, Problems problems) {
    if (request == null) {
      return STANDARD;
    }
    double width = or(request.relativeHalfWidth(), STANDARD.relativeHalfWidth);
    int max = (int) or(request.maxRounds(), STANDARD.maxRounds);
    int min = (int) or(request.minRounds(), Math.min(STANDARD.minRounds, max));
    double budget = or(request.timeBudgetS(), STANDARD.timeBudgetS);
    problems.within("/precision/relative_half_width", width, 0.001, 0.5);
    problems.within("/precision/max_rounds", max, 1, 1000);
    problems.within("/precision/min_rounds", min, 1, max);
    problems.within("/precision/time_budget_s", budget, 1, 86_400);
    return new Precision(width, min, max, budget);
  }

  private static double or(@Nullable Number given, double standard) {
    return given == null ? standard : given.doubleValue();
  }
}
