package dev.lanes.run;

import dev.lanes.catalog.Measure;
import dev.lanes.run.RunRequest.PrecisionRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a job has measured enough, with every value given.
 *
 * @param relativeHalfWidth half width that every ratio's interval should reach, as a share
 * @param minRounds rounds that are measured in any case, unless the time ends
 * @param maxRounds rounds after which measuring ends
 * @param timeBudgetS seconds after which no new round begins
 * @param measures ids of the measures whose ratios should be that precise, at least one
 */
public record Precision(
    double relativeHalfWidth,
    int minRounds,
    int maxRounds,
    double timeBudgetS,
    List<String> measures) {

  /** Ten minutes at most, and intervals of ±2.5 %. */
  static final Precision STANDARD =
      new Precision(
          0.025, 6, 40, 600, List.of(Measure.TOTAL_SECONDS.id(), Measure.STEADY_SECONDS.id()));

  /** Those that have a time whose ratio can be judged. */
  private static final List<String> JUDGEABLE =
      Stream.of(Measure.values())
          .filter(measure -> measure.kind() == Measure.Kind.FIGURE)
          .filter(measure -> measure.unit() == Measure.Unit.SECONDS)
          .map(Measure::id)
          .toList();

  public Precision {
    measures = List.copyOf(measures);
  }

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
    return new Precision(width, min, max, budget, measures(request.measures(), problems));
  }

  /** The same with so many rounds at least, which a goal needs. */
  Precision withRounds(int fewest, Problems problems) {
    if (maxRounds < fewest) {
      problems.add(
          "/precision/max_rounds",
          "is %d; a goal needs at least %d rounds".formatted(maxRounds, fewest),
          null);
      return this;
    }
    return new Precision(
        relativeHalfWidth, Math.max(minRounds, fewest), maxRounds, timeBudgetS, measures);
  }

  private static List<String> measures(@Nullable List<String> given, Problems problems) {
    if (given == null) {
      return STANDARD.measures;
    }
    if (given.isEmpty()) {
      problems.add("/precision/measures", "is empty; it must name at least one", JUDGEABLE);
    }
    Set<String> measures = new LinkedHashSet<>();
    for (int i = 0; i < given.size(); i++) {
      if (JUDGEABLE.contains(given.get(i))) {
        measures.add(given.get(i));
      } else {
        problems.add(
            "/precision/measures/" + i,
            "there is no measure \"%s\" in seconds".formatted(given.get(i)),
            JUDGEABLE);
      }
    }
    return List.copyOf(measures);
  }

  private static double or(@Nullable Number given, double standard) {
    return given == null ? standard : given.doubleValue();
  }
}
