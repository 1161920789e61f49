package dev.lanes.run;

import dev.lanes.catalog.Workload;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

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

  CellAxes {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
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
