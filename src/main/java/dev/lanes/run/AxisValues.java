package dev.lanes.run;

import dev.lanes.catalog.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the values of the axes of a submitted matrix and says what is wrong with them. */
final class AxisValues {

  private static final String EVERY = "*";

  private final Map<String, Object> matrix;
  private final Problems problems;

  AxisValues(Map<String, Object> matrix, Problems problems) {
    this.matrix = matrix;
    this.problems = problems;
  }

  Set<String> names() {
    return matrix.keySet();
  }

  boolean has(String axis) {
    return matrix.containsKey(axis);
  }

  /** Ids out of the known ones; {@code *} stands for all of them. */
  List<String> named(String axis, List<String> known) {
    return named(axis, known, known);
  }

  /**
   * Ids out of the known ones.
   *
   * @param every what {@code *} stands for
   */
  List<String> named(String axis, List<String> known, List<String> every) {
    Set<String> ids = new LinkedHashSet<>();
    List<?> given = list(axis);
    for (int i = 0; i < given.size(); i++) {
      Object value = given.get(i);
      if (EVERY.equals(value)) {
        ids.addAll(every);
      } else if (value instanceof String id && known.contains(id)) {
        ids.add(id);
      } else {
        problems.add(pointer(axis, i), "there is no %s \"%s\"".formatted(axis, value), known);
      }
    }
    return List.copyOf(ids);
  }

  /** Integers from a range, both ends allowed. */
  List<Integer> integers(String axis, int minimum, int maximum) {
    Set<Integer> numbers = new LinkedHashSet<>();
    List<?> given = list(axis);
    for (int i = 0; i < given.size(); i++) {
      if (given.get(i) instanceof Integer number && number >= minimum && number <= maximum) {
        numbers.add(number);
      } else {
        problems.add(
            pointer(axis, i),
            "is %s; it must be an integer from %d to %d".formatted(given.get(i), minimum, maximum),
            null);
      }
    }
    return List.copyOf(numbers);
  }

  /** Values of a workload's parameter. */
  List<Object> accepted(Parameter parameter) {
    Set<Object> accepted = new LinkedHashSet<>();
    List<?> given = list(parameter.name());
    for (int i = 0; i < given.size(); i++) {
      var value = parameter.accept(given.get(i));
      if (value.isPresent()) {
        accepted.add(value.get());
      } else {
        problems.add(
            pointer(parameter.name(), i),
            "is %s; it must be %s".formatted(given.get(i), parameter.allowed()),
            parameter.choices().isEmpty() ? null : parameter.choices());
      }
    }
    return List.copyOf(accepted);
  }

  private List<?> list(String axis) {
    Object given = matrix.get(axis);
    if (given == null) {
      problems.add(
          "/matrix/" + axis,
          "is missing; every run says it, as an array: \"%s\": […]".formatted(axis),
          null);
      return List.of();
    }
    if (!(given instanceof List<?> list) || list.isEmpty()) {
      problems.add(
          "/matrix/" + axis,
          "is %s; it must be an array of at least one value".formatted(given),
          null);
      return List.of();
    }
    return new ArrayList<>(list);
  }

  private static String pointer(String axis, int index) {
    return "/matrix/%s/%d".formatted(axis, index);
  }
}
