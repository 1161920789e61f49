package dev.lanes.run;

import dev.lanes.catalog.ArmRole;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * One cell of a run.
 *
 * @param position place in the run, from 0
 * @param group cells of a job with the same number share their rounds
 * @param role what the cell is measured for
 * @param axes every axis by its name, the profile too
 */
public record CellView(
    UUID id,
    UUID run,
    UUID job,
    int position,
    int group,
    ArmRole role,
    String workload,
    String workloadSha256,
    Map<String, Object> parameters,
    int tasks,
    int parallelism,
    String model,
    String interpreter,
    Map<String, Object> axes) {

  public CellView {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    axes = Collections.unmodifiableMap(new LinkedHashMap<>(axes));
  }
}
