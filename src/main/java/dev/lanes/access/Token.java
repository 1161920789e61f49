package dev.lanes.access;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.hibernate.annotations.UuidGenerator;
import org.jspecify.annotations.Nullable;

/** A token that somebody holds; only its digest is known. */
@Entity
class Token {

  @Id
  @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
  private @Nullable UUID id;

  private String name;
  private String role;
  private @Nullable String hostName;
  private byte[] sha256;
  private Instant createdAt;
  private @Nullable Instant revokedAt;

  /** For JPA. */
  @SuppressWarnings("NullAway")
  protected Token() {}

  Token(String name, Role role, @Nullable String hostName, byte[] sha256, Instant createdAt) {
    this.name = name;
    this.role = role.id();
    this.hostName = hostName;
    this.sha256 = sha256.clone();
    this.createdAt = createdAt;
  }

  String name() {
    return name;
  }

  Role role() {
    return Role.valueOf(role.toUpperCase(Locale.ROOT));
  }

  @Nullable String hostName() {
    return hostName;
  }
}
