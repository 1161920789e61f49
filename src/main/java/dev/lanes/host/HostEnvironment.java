package dev.lanes.host;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.UuidGenerator;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** Row of an environment of a host. */
@Entity
@Table(name = "environment")
class HostEnvironment {

  @Id
  @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
  private @Nullable UUID id;

  private UUID hostId;
  private String fingerprint;

  @JdbcTypeCode(SqlTypes.JSON)
  private Map<String, String> facts;

  private Instant firstSeenAt;

  /** For JPA. */
  @SuppressWarnings("NullAway")
  protected HostEnvironment() {}

  HostEnvironment(UUID hostId, Environment environment, Instant now) {
    this.hostId = hostId;
    this.fingerprint = environment.fingerprint();
    this.facts = environment.facts();
    this.firstSeenAt = now;
  }

  UUID id() {
    return Objects.requireNonNull(id, "the environment has not been stored");
  }

  String fingerprint() {
    return fingerprint;
  }

  /** As it was told, in the order of the fingerprint. */
  Environment value() {
    return new Environment(facts);
  }

  Instant firstSeenAt() {
    return firstSeenAt;
  }
}
