package dev.lanes.access;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.UuidGenerator;
import org.jspecify.annotations.Nullable;

/** A secret by which a worker of a host gets its token once; only its digest is known. */
@Entity
class Enrolment {

  @Id
  @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
  private @Nullable UUID id;

  private String hostName;
  private byte[] sha256;
  private Instant createdAt;
  private Instant expiresAt;
  private @Nullable Instant usedAt;

  /** For JPA. */
  @SuppressWarnings("NullAway")
  protected Enrolment() {}

  Enrolment(String hostName, byte[] sha256, Instant createdAt, Instant expiresAt) {
    this.hostName = hostName;
    this.sha256 = sha256.clone();
    this.createdAt = createdAt;
    this.expiresAt = expiresAt;
  }

  UUID id() {
    return Objects.requireNonNull(id, "the enrolment has not been stored");
  }

  String hostName() {
    return hostName;
  }

  Instant expiresAt() {
    return expiresAt;
  }

  @Nullable Instant usedAt() {
    return usedAt;
  }
}
