package dev.lanes.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Who did what. The database chains the rows and refuses to change one. */
@Service
public class Audit {

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Clock clock;

  Audit(JdbcClient jdbc, JsonMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Tells that the caller did something, in the transaction in which it is done: both happen or
   * neither. Writers wait for each other until their transactions end, so this comes last in it.
   *
   * @param subject what it was done to
   * @param detail what a reader needs to know of it; never a secret
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void append(AuditAction action, UUID subject, Map<String, Object> detail) {
    Actor actor = actor();
    Role role = actor.role();
    jdbc.sql(
            """
            INSERT INTO audit (at, actor, role, action, subject, detail, remote_address)
            VALUES (:at, :actor, :role, :action, :subject, CAST(:detail AS jsonb), :address)
            """)
        .param("at", Timestamp.from(clock.instant()))
        .param("actor", actor.name())
        .param("role", role == null ? null : role.id())
        .param("action", action.id())
        .param("subject", subject.toString())
        .param("detail", json.writeValueAsString(detail))
        .param("address", remoteAddress())
        .update();
  }

  /** The newest entries before the given one. */
  @Transactional(readOnly = true)
  List<AuditEntry> page(long before, int limit) {
    return jdbc.sql("SELECT * FROM audit WHERE id < :before ORDER BY id DESC LIMIT :limit")
        .param("before", before)
        .param("limit", limit)
        .query((row, _) -> entry(row))
        .list();
  }

  /** Reads every entry and looks for one that is not as it was written. */
  @Transactional(readOnly = true)
  AuditVerification verify() {
    return jdbc.sql(
            """
            SELECT count(*) AS entries, min(id) FILTER (WHERE broken) AS first_broken
            FROM (SELECT a.id,
                         a.hash <> audit_hash(a)
                           -- One was taken out before it, or its own digest was made to fit.
                           OR a.id <> lag(a.id, 1, 0::bigint) OVER chain + 1
                           OR a.previous_hash
                              <> lag(a.hash, 1, decode(repeat('00', 32), 'hex')) OVER chain
                           AS broken
                  FROM audit a
                  WINDOW chain AS (ORDER BY a.id)) entry
            """)
        .query((row, _) -> {
          Long firstBroken = row.getObject("first_broken", Long.class);
          return new AuditVerification(row.getLong("entries"), firstBroken == null, firstBroken);
        })
        .single();
  }

  private AuditEntry entry(ResultSet row) throws SQLException {
    String role = row.getString("role");
    return new AuditEntry(
        row.getLong("id"),
        row.getTimestamp("at").toInstant(),
        row.getString("actor"),
        role == null ? null : Role.valueOf(role.toUpperCase(Locale.ROOT)),
        AuditAction.valueOf(row.getString("action").toUpperCase(Locale.ROOT)),
        row.getString("subject"),
        json.readValue(row.getString("detail"), new TypeReference<>() {}),
        row.getString("remote_address"),
        HexFormat.of().formatHex(row.getBytes("previous_hash")),
        HexFormat.of().formatHex(row.getBytes("hash")));
  }

  private static Actor actor() {
    Authentication caller = SecurityContextHolder.getContext().getAuthentication();
    return caller == null || caller instanceof AnonymousAuthenticationToken
        ? Actor.LANES
        : Actor.of(caller);
  }

  private static @Nullable String remoteAddress() {
    return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes call
        ? call.getRequest().getRemoteAddr()
        : null;
  }
}
