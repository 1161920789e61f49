package dev.lanes.run;

import dev.lanes.catalog.ArmRole;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.UuidGenerator;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** One combination of the axes of a run, or a control that is measured beside them. */
@Entity
class Cell {

  @Id
  @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
  private @Nullable UUID id;

  private UUID runId;
  private UUID jobId;
  private int position;
  private int comparisonGroup;
  private String role;
  private String workload;
  private String workloadSha256;

  @JdbcTypeCode(SqlTypes.JSON)
  private Map<String, Object> parameters;

  private int tasks;
  private int parallelism;
  private String model;
  private String interpreter;

  /** For JPA. */
  @SuppressWarnings("NullAway")
  protected Cell() {}

  Cell(UUID runId, Job job, int position, PlannedCell planned) {
    CellAxes axes = planned.axes();
    this.runId = runId;
    this.jobId = job.id();
    this.position = position;
    this.comparisonGroup = planned.group();
    this.role = planned.role().name().toLowerCase(Locale.ROOT);
    this.workload = axes.workload().id();
    this.workloadSha256 = axes.workload().sha256();
    this.parameters = axes.parameters();
    this.tasks = axes.tasks();
    this.parallelism = axes.parallelism();
    this.model = axes.model();
    this.interpreter = axes.interpreter();
  }

  /** The cell as other modules see it. */
  CellView view(String profile) {
    Map<String, Object> axes = new LinkedHashMap<>();
    axes.put("workload", workload);
    axes.putAll(parameters);
    axes.put("tasks", tasks);
    axes.put("parallelism", parallelism);
    axes.put("model", model);
    axes.put("interpreter", interpreter);
    axes.put("profile", profile);
    return new CellView(
        Objects.requireNonNull(id, "the cell has not been stored"),
        runId,
        jobId,
        position,
        comparisonGroup,
        ArmRole.valueOf(role.toUpperCase(Locale.ROOT)),
        workload,
        workloadSha256,
        parameters,
        tasks,
        parallelism,
        model,
        interpreter,
        axes);
  }

  UUID jobId() {
    return jobId;
  }
}
