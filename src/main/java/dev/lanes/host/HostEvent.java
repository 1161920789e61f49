package dev.lanes.host;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** Something that happened to a host. Only ever added. */
@Entity
class HostEvent {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Long id;

  private UUID hostId;
  private Instant at;
  private String kind;
  private @Nullable String actor;
  private @Nullable String reason;

  @JdbcTypeCode(SqlTypes.JSON)
  private Map<String, Object> detail;

  /** For JPA. */
  @SuppressWarnings("NullAway")
  protected HostEvent() {}

  /**
   * @param actor name of whoever did it; null for the server itself
   * @param detail what else is known, as JSON
   */
  HostEvent(
      UUID hostId,
      Instant at,
      HostEventKind kind,
      @Nullable String actor,
      @Nullable String reason,
      Map<String, Object> detail) {
    this.hostId = hostId;
    this.at = at;
    this.kind = kind.name().toLowerCase(Locale.ROOT);
    this.actor = actor;
    this.reason = reason;
    this.detail = detail;
  }

  HostDetailView.Event view() {
    return new HostDetailView.Event(
        at, HostEventKind.valueOf(kind.toUpperCase(Locale.ROOT)), actor, reason, detail);
  }
}
