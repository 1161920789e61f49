package dev.lanes.run;

import dev.lanes.catalog.Catalog;
import dev.lanes.catalog.ExecutionModel;
import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.Parameter;
import dev.lanes.catalog.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The axes of a submitted run, checked against what there is, and the cells they expand to. */
final class Matrix {

  /** More cells than this are a mistake, or a run that should be several. */
  static final int MAX_CELLS = 2_000;

  private static final Set<String> COMMON_AXES =
      Set.of("workload", "model", "interpreter", "tasks", "parallelism");

  private final Catalog catalog;
  private final List<Interpreter> interpreters;
  private final AxisValues values;
  private final Problems problems;

  private Matrix(
      Catalog catalog, List<Interpreter> interpreters, AxisValues values, Problems problems) {
    this.catalog = catalog;
    this.interpreters = interpreters;
    this.values = values;
    this.problems = problems;
  }

  /**
   * The cells of a matrix in the order of its values, the largest differences outermost: workload,
   * parameters, tasks, parallelism, interpreter, model.
   *
   * @param matrix as submitted
   * @param exclude as submitted
   * @param interpreters what the hosts have, usable or not
   * @param problems receives what is wrong; the cells mean nothing then
   */
  static List<CellAxes> expand(
      Map<String, Object> matrix,
      List<Map<String, Object>> exclude,
      Catalog catalog,
      List<Interpreter> interpreters,
      Problems problems) {
    AxisValues values = new AxisValues(matrix, problems);
    return new Matrix(catalog, interpreters, values, problems).cells(exclude);
  }

  private List<CellAxes> cells(List<Map<String, Object>> exclude) {
    List<Workload> workloads =
        values.named("workload", catalog.workloads().stream().map(Workload::id).toList()).stream()
            .flatMap(id -> catalog.workload(id).stream())
            .toList();
    List<String> models =
        values.named("model", catalog.models().stream().map(ExecutionModel::id).toList());
    List<String> lines = interpreterAxis();
    List<Integer> tasks = values.integers("tasks", 1, 100_000);
    List<Integer> parallelism = values.integers("parallelism", 1, 1_024);
    refuseUnknownAxes(workloads);

    List<CellAxes> cells = new ArrayList<>();
    for (Workload workload : workloads) {
      for (Map<String, Object> parameters : parameters(workload)) {
        for (int taskCount : tasks) {
          for (int workers : parallelism) {
            for (String line : lines) {
              for (String model : models) {
                cells.add(new CellAxes(workload, parameters, taskCount, workers, model, line));
              }
            }
          }
        }
      }
    }
    cells.removeAll(excluded(exclude, cells));
    if (cells.isEmpty() && !workloads.isEmpty() && !models.isEmpty() && !lines.isEmpty()) {
      problems.add("/exclude", "leaves no cell to measure", null);
    }
    if (cells.size() > MAX_CELLS) {
      problems.add(
          "/matrix",
          "expands to %d cells; at most %d are allowed, split the run"
              .formatted(cells.size(), MAX_CELLS),
          null);
    }
    return cells;
  }

  private List<String> interpreterAxis() {
    Set<String> known = new TreeSet<>();
    Set<String> lines = new LinkedHashSet<>();
    for (Interpreter interpreter : interpreters) {
      if (interpreter.usable()) {
        lines.add(interpreter.line());
        known.add(interpreter.line());
        known.add(interpreter.id());
      }
    }
    if (known.isEmpty()) {
      problems.add(
          "/matrix/interpreter",
          "no online host has reported an interpreter yet; start a worker, or wait for its report",
          null);
      return List.of();
    }
    return values.named("interpreter", List.copyOf(known), List.copyOf(new TreeSet<>(lines)));
  }

  private void refuseUnknownAxes(List<Workload> workloads) {
    Set<String> known = new TreeSet<>(COMMON_AXES);
    workloads.forEach(
        workload -> workload.parameters().stream().map(Parameter::name).forEach(known::add));
    for (String axis : values.names()) {
      if (!known.contains(axis)) {
        problems.add(
            "/matrix/" + axis,
            "is not an axis of the chosen workloads",
            List.copyOf(known));
      }
    }
  }

  /** Every combination of the workload's parameters; one that is not named keeps its default. */
  private List<Map<String, Object>> parameters(Workload workload) {
    List<Map<String, Object>> combinations = List.of(Map.of());
    for (Parameter parameter : workload.parameters()) {
      List<Object> given =
          values.has(parameter.name())
              ? values.accepted(parameter)
              : List.of(parameter.standard());
      combinations =
          combinations.stream()
              .flatMap(base -> given.stream().map(value -> with(base, parameter.name(), value)))
              .toList();
    }
    return combinations;
  }

  private static Map<String, Object> with(Map<String, Object> base, String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(base);
    more.put(name, value);
    return more;
  }

  private List<CellAxes> excluded(List<Map<String, Object>> exclude, List<CellAxes> cells) {
    Set<String> axes = new TreeSet<>();
    cells.forEach(cell -> axes.addAll(cell.byName().keySet()));
    List<CellAxes> excluded = new ArrayList<>();
    for (int i = 0; i < exclude.size(); i++) {
      Map<String, Object> pattern = exclude.get(i);
      String pointer = "/exclude/" + i;
      for (String axis : pattern.keySet()) {
        if (!axes.contains(axis) && !cells.isEmpty()) {
          problems.add(pointer + "/" + axis, "is not an axis of this run", List.copyOf(axes));
        }
      }
      Stream<CellAxes> matching = cells.stream().filter(cell -> matches(pattern, cell));
      List<CellAxes> found = pattern.isEmpty() ? List.of() : matching.toList();
      if (found.isEmpty() && !cells.isEmpty()) {
        problems.add(pointer, "matches no cell of the matrix", null);
      }
      excluded.addAll(found);
    }
    return excluded;
  }

  private static boolean matches(Map<String, Object> pattern, CellAxes cell) {
    Map<String, Object> axes = cell.byName();
    return pattern.entrySet().stream()
        .allMatch(
            wanted ->
                String.valueOf(wanted.getValue()).equals(String.valueOf(axes.get(wanted.getKey()))));
  }
}
