package dev.lanes.run;

import dev.lanes.catalog.Catalog;
import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.Parameter;
import dev.lanes.catalog.Workload;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One combination of a run's axes.
 *
 * @param parameters a value for each parameter of the workload
 */
record CellAxes(
    Workload workload,
    Map<String, Object> parameters,
    int tasks,
    int parallelism,
    String model,
    String interpreter) {

  private static final String ANCHOR = "anchor";

  /** As frozen as the program: another number would be another history. */
  private static final int ANCHOR_TASKS = 10;

  CellAxes {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /**
   * The frozen program on the bundled interpreter, or empty where there is no such program or no
   * host that has said that it has that interpreter.
   */
  static Optional<CellAxes> anchor(Catalog catalog, List<Interpreter> interpreters) {
    Optional<String> bundled =
        interpreters.stream()
            .filter(found -> found.source() == Interpreter.Source.BUNDLED && found.usable())
            .map(Interpreter::line)
            .sorted()
            .findFirst();
    return catalog
        .workload(ANCHOR)
        .flatMap(workload ->
            bundled.map(line ->
                new CellAxes(workload, defaults(workload), ANCHOR_TASKS, 1, "sequential", line)));
  }

  private static Map<String, Object> defaults(Workload workload) {
    return workload.parameters().stream()
        .collect(Collectors.toMap(Parameter::name, Parameter::standard));
  }

  /** The axes of a cell that is stored. */
  static CellAxes of(CellView cell, Workload workload) {
    return new CellAxes(
        workload,
        cell.parameters(),
        cell.tasks(),
        cell.parallelism(),
        cell.model(),
        cell.interpreter());
  }

  /** The same with another number on an axis of whole numbers. */
  CellAxes with(String axis, long number) {
    Map<String, Object> others = new LinkedHashMap<>(parameters);
    others.computeIfPresent(axis, (_, _) -> number);
    return new CellAxes(
        workload,
        others,
        axis.equals("tasks") ? Math.toIntExact(number) : tasks,
        axis.equals("parallelism") ? Math.toIntExact(number) : parallelism,
        model,
        interpreter);
  }

  /** Every axis by its name in a matrix. */
  Map<String, Object> byName() {
    Map<String, Object> axes = new LinkedHashMap<>();
    axes.put("workload", workload.id());
    axes.putAll(parameters);
    axes.put("tasks", (long) tasks);
    axes.put("parallelism", (long) parallelism);
    axes.put("model", model);
    axes.put("interpreter", interpreter);
    return axes;
  }
}
