package dev.lanes.host;

import dev.lanes.catalog.ModelSupport;
import dev.lanes.web.EntityVersion;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.UuidGenerator;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * A machine with a worker. Only columns that have changed are written: what the queue writes by a
 * statement of its own stays.
 */
@Entity
@DynamicUpdate
class Host {

  @Id
  @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
  private @Nullable UUID id;

  private String name;
  private String state;
  private @Nullable String stateReason;
  private String agent;
  private int cores;
  private @Nullable Long memoryBytes;
  private String architecture;

  @JdbcTypeCode(SqlTypes.JSON)
  private Map<String, Object> facts;

  @JdbcTypeCode(SqlTypes.JSON)
  private Map<String, String> labels;

  private @Nullable UUID environmentId;
  private long version;

  @ElementCollection(fetch = FetchType.EAGER)
  @CollectionTable(name = "interpreter", joinColumns = @JoinColumn(name = "host_id"))
  private List<FoundInterpreter> interpreters = new ArrayList<>();

  @ElementCollection
  @CollectionTable(name = "model_support", joinColumns = @JoinColumn(name = "host_id"))
  private Map<FoundSupport.Of, FoundSupport> support = new HashMap<>();

  private Instant createdAt;
  private Instant lastSeenAt;

  /** For JPA. */
  @SuppressWarnings("NullAway")
  protected Host() {}

  Host(String name, HostFacts facts, String agent, Instant now) {
    this.name = name;
    this.state = "active";
    this.createdAt = now;
    report(facts, agent, now);
  }

  /** Replaces what is known of the host by what its worker says now. */
  final void report(HostFacts report, String agent, Instant now) {
    this.agent = agent;
    this.cores = report.cores();
    this.memoryBytes = report.memoryBytes();
    this.architecture = report.architecture();
    this.facts = report.facts();
    this.labels = report.labels();
    this.interpreters.clear();
    report.interpreters().stream().map(FoundInterpreter::of).forEach(this.interpreters::add);
    this.lastSeenAt = now;
  }

  /** It is in another environment now, which whoever changes its state must have seen. */
  void moved(UUID environment) {
    if (environmentId != null) {
      version++;
    }
    environmentId = environment;
  }

  /** Waits for somebody who looks at it; what is out of use for another reason stays so. */
  void needsReview(String reason) {
    if (state.equals("active") || state.equals("needs_review")) {
      become("needs_review", reason);
    }
  }

  /**
   * Changes the state.
   *
   * @param reason why; null for an active host
   */
  void become(String state, @Nullable String reason) {
    this.state = state;
    this.stateReason = reason;
    this.version++;
  }

  /** Adds what probes have found, in place of what they found before. */
  void found(List<ModelSupport> verdicts) {
    verdicts.forEach(verdict -> support.put(FoundSupport.of(verdict), FoundSupport.value(verdict)));
  }

  List<ModelSupport> support() {
    return support.entrySet().stream().map(entry -> entry.getValue().told(entry.getKey())).toList();
  }

  UUID id() {
    return Objects.requireNonNull(id, "the host has not been stored");
  }

  String name() {
    return name;
  }

  String state() {
    return state;
  }

  @Nullable String stateReason() {
    return stateReason;
  }

  String agent() {
    return agent;
  }

  Optional<UUID> environment() {
    return Optional.ofNullable(environmentId);
  }

  EntityVersion version() {
    return new EntityVersion(version);
  }

  HostFacts facts() {
    return new HostFacts(
        cores,
        memoryBytes,
        architecture,
        facts,
        labels,
        interpreters.stream().map(FoundInterpreter::value).toList());
  }

  Instant lastSeenAt() {
    return lastSeenAt;
  }
}
