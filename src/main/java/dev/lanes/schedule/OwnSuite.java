package dev.lanes.schedule;

import dev.lanes.run.RunRequest;
import dev.lanes.web.EntityVersion;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.UuidGenerator;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A suite that somebody has saved. */
@Entity
class OwnSuite {

  @Id
  @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
  private @Nullable UUID id;

  private String name;
  private String title;
  private String about;

  @JdbcTypeCode(SqlTypes.JSON)
  private Map<String, Object> run;

  private String owner;
  private Instant changedAt;
  private long version;

  /** For JPA. */
  @SuppressWarnings("NullAway")
  protected OwnSuite() {}

  /** One that has a name and nothing else yet. */
  OwnSuite(String name, String owner) {
    this.name = name;
    this.owner = owner;
    this.title = name;
    this.about = "";
    this.run = Map.of();
    this.changedAt = Instant.EPOCH;
  }

  /** Replaces everything but the name and the owner. */
  void become(String title, String about, Map<String, Object> run, Instant now) {
    this.title = title;
    this.about = about;
    this.run = run;
    this.changedAt = now;
    this.version++;
  }

  UUID id() {
    return Objects.requireNonNull(id, "the suite has not been stored");
  }

  String name() {
    return name;
  }

  EntityVersion version() {
    return new EntityVersion(version);
  }

  RunRequest run(JsonMapper json) {
    return json.convertValue(run, RunRequest.class);
  }

  SuiteView view(JsonMapper json) {
    return new SuiteView(
        name, title, about, run(json), null, false, owner, changedAt, version().tag());
  }
}
