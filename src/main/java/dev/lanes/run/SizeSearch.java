package dev.lanes.run;

import dev.lanes.catalog.Measure;
import dev.lanes.run.RunRequest.CrossoverRequest;
import dev.lanes.run.RunRequest.Goal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The question from which size of the work on one is better than another.
 *
 * @param x axis of the size, which has whole numbers
 * @param pivot axis of what is compared
 * @param a value of the pivot as text; {@code b} likewise
 * @param measure id of a measure
 * @param octaves width of the interval that is asked for: 1 where its ends differ by a factor of 2
 */
public record SizeSearch(
    String x, String pivot, String a, String b, String measure, double octaves) {

  private static final double STANDARD_OCTAVES = 0.25;

  /** Jobs with further sizes that a search may get. */
  public static final int MOST_STEPS = 8;

  /** Sizes that each of them adds. */
  public static final int SIZES_OF_A_STEP = 3;

  /**
   * Rounds of every size. The more sizes there are, the more rounds it takes to decide at one of
   * them who is ahead, and all must still be decided when the last ones have been added: so many
   * are enough for {@value #MOST_SIZES} sizes.
   */
  public static final int FEWEST_ROUNDS = 11;

  /** More to begin with leave no room for those that are added. */
  public static final int MOST_SIZES = 50;

  /** Fewer do not enclose anything. */
  private static final int FEWEST_SIZES = 3;

  /**
   * Reads a goal, if there is one.
   *
   * @param cells that the matrix expands to
   * @param profiles of the run
   */
  static Optional<SizeSearch> of(
      @Nullable Goal goal, List<CellAxes> cells, List<String> profiles, Problems problems) {
    if (goal == null || cells.isEmpty()) {
      return Optional.empty();
    }
    CrossoverRequest asked = goal.crossover();
    if (asked == null) {
      problems.add("/goal/crossover", "is missing; it names x, a and b", null);
      return Optional.empty();
    }
    String x = size(asked.x(), cells, problems);
    Optional<Map.Entry<String, String>> a = side("a", asked.a(), problems);
    Optional<Map.Entry<String, String>> b = side("b", asked.b(), problems);
    double octaves = Objects.requireNonNullElse(asked.octaves(), STANDARD_OCTAVES);
    problems.within("/goal/crossover/octaves", octaves, 0.02, 4);
    String measure = measure(asked.measure(), problems);
    if (x == null || a.isEmpty() || b.isEmpty() || measure == null) {
      return Optional.empty();
    }
    String pivot = a.get().getKey();
    SizeSearch search =
        new SizeSearch(x, pivot, a.get().getValue(), b.get().getValue(), measure, octaves);
    if (!b.get().getKey().equals(pivot) || pivot.equals(x) || search.a.equals(search.b)) {
      problems.add(
          "/goal/crossover/b",
          "is %s; it must be another value of the axis that a names, and not of x"
              .formatted(asked.b()),
          null);
      return Optional.empty();
    }
    search.refuseOtherCells(cells, profiles, problems);
    return Optional.of(search);
  }

  private static @Nullable String size(
      @Nullable String x, List<CellAxes> cells, Problems problems) {
    Set<String> whole = new LinkedHashSet<>();
    for (CellAxes cell : cells) {
      cell.byName()
          .forEach((axis, value) -> {
            if (value instanceof Long || value instanceof Integer) {
              whole.add(axis);
            }
          });
    }
    if (x == null || !whole.contains(x)) {
      problems.add(
          "/goal/crossover/x",
          "is %s; it must be an axis of whole numbers".formatted(x == null ? "missing" : x),
          List.copyOf(whole));
      return null;
    }
    return x;
  }

  private static Optional<Map.Entry<String, String>> side(
      String name, @Nullable Map<String, Object> side, Problems problems) {
    if (side == null || side.size() != 1) {
      problems.add(
          "/goal/crossover/" + name,
          "is %s; it must name one value of one axis, as {\"model\": \"threads\"}".formatted(side),
          null);
      return Optional.empty();
    }
    Map.Entry<String, Object> only = side.entrySet().iterator().next();
    return Optional.of(Map.entry(only.getKey(), String.valueOf(only.getValue())));
  }

  private static @Nullable String measure(@Nullable String id, Problems problems) {
    String asked = Objects.requireNonNullElse(id, Measure.TOTAL_SECONDS.id());
    boolean known =
        Measure.of(asked).filter(found -> found.kind() == Measure.Kind.FIGURE).isPresent();
    if (!known) {
      problems.add(
          "/goal/crossover/measure",
          "there is no measure \"%s\"".formatted(asked),
          Stream.of(Measure.values())
              .filter(other -> other.kind() == Measure.Kind.FIGURE)
              .map(Measure::id)
              .toList());
    }
    return known ? asked : null;
  }

  /** One curve is looked at: other cells may be measured beside it, but of no other work. */
  private void refuseOtherCells(List<CellAxes> cells, List<String> profiles, Problems problems) {
    for (String side : List.of(a, b)) {
      List<CellAxes> its = cells.stream().filter(cell -> has(cell, side)).toList();
      long sizes = its.stream().map(cell -> cell.byName().get(x)).distinct().count();
      if (sizes > MOST_SIZES - MOST_STEPS * SIZES_OF_A_STEP) {
        problems.add(
            "/goal/crossover/x",
            "has %d sizes to begin with; at most %d are allowed, as further ones are added"
                .formatted(sizes, MOST_SIZES - MOST_STEPS * SIZES_OF_A_STEP),
            null);
      }
      if (sizes < FEWEST_SIZES) {
        problems.add(
            "/goal/crossover/" + (side.equals(a) ? "a" : "b"),
            "the matrix has %d sizes of %s = \"%s\"; at least %d are needed"
                .formatted(sizes, pivot, side, FEWEST_SIZES),
            null);
      }
    }
    List<Map<String, Object>> works =
        cells.stream()
            .filter(cell -> has(cell, a) || has(cell, b))
            .map(this::work)
            .distinct()
            .toList();
    if (works.size() > 1) {
      problems.add(
          "/matrix",
          "has %d kinds of work that differ in more than %s and %s; a goal is for one"
              .formatted(works.size(), x, pivot),
          null);
    }
    if (profiles.size() > 1) {
      problems.add("/profiles", "names %d; a goal is for one".formatted(profiles.size()), null);
    }
  }

  private boolean has(CellAxes cell, String side) {
    return side.equals(String.valueOf(cell.byName().get(pivot)));
  }

  private Map<String, Object> work(CellAxes cell) {
    Map<String, Object> axes = cell.byName();
    axes.remove(x);
    axes.remove(pivot);
    return axes;
  }

  /** The cells that are measured at further sizes. */
  List<CellAxes> at(List<Long> sizes, List<CellAxes> measured) {
    List<CellAxes> cells = new ArrayList<>();
    for (long size : sizes) {
      for (String side : List.of(a, b)) {
        measured.stream()
            .filter(cell -> has(cell, side))
            .findFirst()
            .ifPresent(cell -> cells.add(cell.with(x, size)));
      }
    }
    return cells;
  }
}
