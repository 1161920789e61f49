package dev.lanes.run;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.UuidGenerator;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** One submission. Its state moves by the queue's statements, never through this class. */
@Entity
class Run {

  @Id
  @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
  private @Nullable UUID id;

  private String name;
  private String owner;

  @JdbcTypeCode(SqlTypes.JSON)
  private Map<String, Object> spec;

  @JdbcTypeCode(SqlTypes.JSON)
  private Map<String, String> labels;

  private int priority;
  private String state;
  private int cellsTotal;
  private double relativeHalfWidth;
  private int minRounds;
  private int maxRounds;

  @Column(name = "time_budget_s")
  private double timeBudgetS;

  @JdbcTypeCode(SqlTypes.ARRAY)
  private List<String> judgedMeasures;

  private Instant createdAt;
  private @Nullable Instant startedAt;
  private @Nullable Instant finishedAt;

  /** For JPA. */
  @SuppressWarnings("NullAway")
  protected Run() {}

  Run(
      String name,
      String owner,
      Map<String, Object> spec,
      Map<String, String> labels,
      int priority,
      int cellsTotal,
      Precision precision,
      Instant now) {
    this.name = name;
    this.owner = owner;
    this.spec = spec;
    this.labels = labels;
    this.priority = priority;
    this.state = "queued";
    this.cellsTotal = cellsTotal;
    this.relativeHalfWidth = precision.relativeHalfWidth();
    this.minRounds = precision.minRounds();
    this.maxRounds = precision.maxRounds();
    this.timeBudgetS = precision.timeBudgetS();
    this.judgedMeasures = precision.measures();
    this.createdAt = now;
  }

  UUID id() {
    return Objects.requireNonNull(id, "the run has not been stored");
  }

  String name() {
    return name;
  }

  Map<String, Object> spec() {
    return spec;
  }

  Map<String, String> labels() {
    return labels;
  }

  int priority() {
    return priority;
  }

  String state() {
    return state;
  }

  int cellsTotal() {
    return cellsTotal;
  }

  Precision precision() {
    return new Precision(relativeHalfWidth, minRounds, maxRounds, timeBudgetS, judgedMeasures);
  }

  Instant createdAt() {
    return createdAt;
  }

  @Nullable Instant startedAt() {
    return startedAt;
  }

  @Nullable Instant finishedAt() {
    return finishedAt;
  }

  String owner() {
    return owner;
  }
}
