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

  /** Each is compared with every cell. */
  private static final int MAX_EXCLUSIONS = 1_000;

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

    Map<Workload, Map<String, List<Object>>> parameters = new LinkedHashMap<>();
    workloads.forEach(workload -> parameters.put(workload, parameters(workload)));
    // Counted first: a short request can stand for more cells than any memory holds.
    double count = (double) tasks.size() * parallelism.size() * lines.size() * models.size();
    count *= parameters.values().stream().mapToDouble(Matrix::combinations).sum();
    if (count > MAX_CELLS) {
      problems.add(
          "/matrix",
          "expands to %.0f cells; at most %d are allowed, split the run"
              .formatted(count, MAX_CELLS),
          null);
      return List.of();
    }
    List<CellAxes> cells = new ArrayList<>();
    for (Workload workload : workloads) {
      for (Map<String, Object> combination : combined(parameters.get(workload))) {
        for (int taskCount : tasks) {
          for (int workers : parallelism) {
            for (String line : lines) {
              for (String model : models) {
                cells.add(new CellAxes(workload, combination, taskCount, workers, model, line));
              }
            }
          }
        }
      }
    }
    List<CellAxes> excluded = excluded(exclude, cells);
    if (cells.removeAll(excluded) && cells.isEmpty()) {
      problems.add("/exclude", "leaves no cell to measure", null);
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
            "/matrix/" + axis, "is not an axis of the chosen workloads", List.copyOf(known));
      }
    }
  }

  /** The values of each parameter of the workload; one that is not named keeps its default. */
  private Map<String, List<Object>> parameters(Workload workload) {
    Map<String, List<Object>> given = new LinkedHashMap<>();
    for (Parameter parameter : workload.parameters()) {
      given.put(
          parameter.name(),
          values.has(parameter.name())
              ? values.accepted(parameter)
              : List.of(parameter.standard()));
    }
    return given;
  }

  private static double combinations(Map<String, List<Object>> parameters) {
    return parameters.values().stream().mapToDouble(List::size).reduce(1, (a, b) -> a * b);
  }

  private static List<Map<String, Object>> combined(Map<String, List<Object>> parameters) {
    List<Map<String, Object>> combinations = List.of(Map.of());
    for (var parameter : parameters.entrySet()) {
      combinations =
          combinations.stream()
              .flatMap(base ->
                  parameter.getValue().stream().map(value -> with(base, parameter.getKey(), value)))
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
    if (exclude.size() > MAX_EXCLUSIONS) {
      String detail = "has %d entries; at most %d are allowed";
      problems.add("/exclude", detail.formatted(exclude.size(), MAX_EXCLUSIONS), null);
      return excluded;
    }
    for (int i = 0; i < exclude.size(); i++) {
      Map<String, Object> pattern = exclude.get(i);
      String pointer = "/exclude/" + i;
      if (pattern == null) {
        problems.add(pointer, "is null; it must be an object of axes", null);
        continue;
      }
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
        .allMatch(wanted ->
            String.valueOf(wanted.getValue()).equals(String.valueOf(axes.get(wanted.getKey()))));
  }
}
