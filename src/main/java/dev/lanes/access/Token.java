package dev.lanes.access;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.UuidGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A token that somebody holds; only its digest is known. What happens to it later, its use and its
 * revocation, is written by statements of their own, which never undo one another.
 */
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
  private @Nullable Instant expiresAt;
  private @Nullable Instant lastUsedAt;
  private @Nullable Instant revokedAt;

  /** For JPA. */
  @SuppressWarnings("NullAway")
  protected Token() {}

  Token(
      String name,
      Role role,
      @Nullable String hostName,
      byte[] sha256,
      Instant createdAt,
      @Nullable Instant expiresAt) {
    this.name = name;
    this.role = role.id();
    this.hostName = hostName;
    this.sha256 = sha256.clone();
    this.createdAt = createdAt;
    this.expiresAt = expiresAt;
  }

  UUID id() {
    return Objects.requireNonNull(id, "the token has not been stored");
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

  @Nullable Instant expiresAt() {
    return expiresAt;
  }

  @Nullable Instant revokedAt() {
    return revokedAt;
  }

  TokenView view() {
    return new TokenView(id(), name, role(), hostName, createdAt, expiresAt, lastUsedAt, revokedAt);
  }
}
