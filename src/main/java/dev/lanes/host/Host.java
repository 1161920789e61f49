package dev.lanes.host;

import dev.lanes.catalog.ModelSupport;
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
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.UuidGenerator;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A machine with a worker. */
@Entity
class Host {

  @Id
  @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
  private @Nullable UUID id;

  private String name;
  private String state;
  private String agent;
  private int cores;
  private @Nullable Long memoryBytes;
  private String architecture;

  @JdbcTypeCode(SqlTypes.JSON)
  private Map<String, Object> facts;

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
    this.interpreters.clear();
    report.interpreters().stream().map(FoundInterpreter::of).forEach(this.interpreters::add);
    this.lastSeenAt = now;
  }

  /** Gives the host no more work. */
  void quarantine() {
    this.state = "quarantined";
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

  String agent() {
    return agent;
  }

  HostFacts facts() {
    return new HostFacts(
        cores,
        memoryBytes,
        architecture,
        facts,
        interpreters.stream().map(FoundInterpreter::value).toList());
  }

  Instant lastSeenAt() {
    return lastSeenAt;
  }
}
