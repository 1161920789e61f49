package dev.lanes.protocol;

import dev.lanes.catalog.ArmRole;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What to measure in one job.
 *
 * @param seed source of every random order in the job, so that an order can be told again
 * @param cores how many logical processors are measured on; null for all that the worker may use
 */
public record JobSpec(
    UUID job,
    UUID run,
    String runName,
    long seed,
    Precision precision,
    @Nullable Integer cores,
    List<Group> groups) {

  public JobSpec {
    groups = List.copyOf(groups);
  }

  /** Cells that are compared with one another and therefore measured in the same rounds. */
  public record Group(int number, List<CellSpec> cells) {
    public Group {
      cells = List.copyOf(cells);
    }
  }

  /**
   * One cell.
   *
   * @param role what the cell is measured for; a group's placebo has the axes of its first subject
   * @param workloadSha256 digest of the workload's file that the server knows
   * @param interpreter a line or an exact id
   */
  public record CellSpec(
      UUID id,
      ArmRole role,
      String workload,
      String workloadSha256,
      Map<String, Object> parameters,
      int tasks,
      int parallelism,
      String model,
      String interpreter) {
    public CellSpec {
      parameters = Map.copyOf(parameters);
    }
  }
}
