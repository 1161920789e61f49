package dev.lanes.access;

import dev.lanes.protocol.StandingSecret;
import dev.lanes.web.ErrorCode;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.stereotype.Component;

/**
 * What the token of a call stands for, read from the database at every call: one statement outside
 * any transaction, because everything else waits for it.
 */
@Component
class Introspection implements OpaqueTokenIntrospector {

  /** The one thing that the secret of an enrolment is good for. */
  static final String MAY_ENROL = "enrolment";

  private final JdbcClient jdbc;
  private final EnrolmentRepository enrolments;
  private final Clock clock;

  private record Held(
      UUID id,
      String name,
      Role role,
      @Nullable String hostName,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt,
      @Nullable Instant revokedAt) {}

  private final Optional<StandingSecret> standing;

  Introspection(
      JdbcClient jdbc, EnrolmentRepository enrolments, AccessProperties properties, Clock clock) {
    this.jdbc = jdbc;
    this.standing = properties.standingSecret();
    this.enrolments = enrolments;
    this.clock = clock;
  }

  @Override
  public OAuth2AuthenticatedPrincipal introspect(String text) {
    if (StandingSecret.isToken(text)) {
      return standing
          .flatMap(secret -> secret.host(text))
          .filter(host -> HostName.problem(host).isEmpty())
          .map(Introspection::principal)
          .orElseThrow(Introspection::unknown);
    }
    if (!TokenFormat.matches(text)) {
      throw unknown();
    }
    byte[] sha256 = TokenFormat.sha256(text);
    return TokenFormat.isEnrolment(text)
        ? principal(enrolments.findBySha256(sha256).orElseThrow(Introspection::unknown))
        : principal(held(sha256).orElseThrow(Introspection::unknown));
  }

  private Optional<Held> held(byte[] sha256) {
    return jdbc.sql(
            """
            SELECT id, name, role, host_name, expires_at, last_used_at, revoked_at
            FROM token WHERE sha256 = :sha256
            """)
        .param("sha256", sha256)
        .query((row, _) ->
            new Held(
                row.getObject("id", UUID.class),
                row.getString("name"),
                Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                row.getString("host_name"),
                instant(row.getTimestamp("expires_at")),
                instant(row.getTimestamp("last_used_at")),
                instant(row.getTimestamp("revoked_at"))))
        .optional();
  }

  private static @Nullable Instant instant(@Nullable Timestamp time) {
    return time == null ? null : time.toInstant();
  }

  /** Notes the minute of a use, unless it is noted already. */
  private void used(UUID token, Instant minute) {
    jdbc.sql(
            """
            UPDATE token SET last_used_at = :minute
            WHERE id = :token AND (last_used_at IS NULL OR last_used_at < :minute)
            """)
        .param("minute", Timestamp.from(minute))
        .param("token", token)
        .update();
  }

  private OAuth2AuthenticatedPrincipal principal(Held token) {
    Instant now = clock.instant();
    if (token.revokedAt() != null) {
      throw new TokenRefused(
          ErrorCode.TOKEN_REVOKED,
          "The token was revoked at %s; ask an administrator for another"
              .formatted(token.revokedAt()));
    }
    if (token.expiresAt() != null && !token.expiresAt().isAfter(now)) {
      throw new TokenRefused(
          ErrorCode.TOKEN_EXPIRED,
          "The token expired at %s; ask an administrator for another".formatted(token.expiresAt()));
    }
    Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
    if (token.lastUsedAt() == null || token.lastUsedAt().isBefore(minute)) {
      used(token.id(), minute);
    }
    Map<String, Object> attributes = new HashMap<>();
    attributes.put(Tokens.ROLE, token.role());
    if (token.hostName() != null) {
      attributes.put(Tokens.HOST, token.hostName());
    }
    return new DefaultOAuth2AuthenticatedPrincipal(
        token.name(), attributes, AuthorityUtils.createAuthorityList(token.role().authorities()));
  }

  private OAuth2AuthenticatedPrincipal principal(Enrolment enrolment) {
    if (enrolment.usedAt() != null) {
      throw new TokenRefused(
          ErrorCode.ENROLMENT_USED,
          "The secret was used at %s; ask an administrator for another"
              .formatted(enrolment.usedAt()));
    }
    if (!enrolment.expiresAt().isAfter(clock.instant())) {
      throw new TokenRefused(
          ErrorCode.ENROLMENT_EXPIRED,
          "The secret expired at %s; ask an administrator for another"
              .formatted(enrolment.expiresAt()));
    }
    return new DefaultOAuth2AuthenticatedPrincipal(
        "enrolment of " + enrolment.hostName(),
        Map.of(Enrolments.ID, enrolment.id(), Tokens.HOST, enrolment.hostName()),
        AuthorityUtils.createAuthorityList(MAY_ENROL));
  }

  /** Of a worker that enrols by the standing secret, for the host that it names. */
  private static OAuth2AuthenticatedPrincipal principal(String host) {
    return new DefaultOAuth2AuthenticatedPrincipal(
        "standing enrolment of " + host,
        Map.of(Tokens.HOST, host),
        AuthorityUtils.createAuthorityList(MAY_ENROL));
  }

  private static TokenRefused unknown() {
    return new TokenRefused(
        ErrorCode.NOT_SIGNED_IN, "The token is not known; an administrator can issue one");
  }
}
