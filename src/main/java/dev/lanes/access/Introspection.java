package dev.lanes.access;

import dev.lanes.web.ErrorCode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the token of a call stands for, read from the database at every call. */
@Component
@Transactional
class Introspection implements OpaqueTokenIntrospector {

  /** The one thing that the secret of an enrolment is good for. */
  static final String MAY_ENROL = "enrolment";

  private final TokenRepository tokens;
  private final EnrolmentRepository enrolments;
  private final Clock clock;

  Introspection(TokenRepository tokens, EnrolmentRepository enrolments, Clock clock) {
    this.tokens = tokens;
    this.enrolments = enrolments;
    this.clock = clock;
  }

  @Override
  public OAuth2AuthenticatedPrincipal introspect(String text) {
    if (!TokenFormat.matches(text)) {
      throw unknown();
    }
    byte[] sha256 = TokenFormat.sha256(text);
    return TokenFormat.isEnrolment(text)
        ? principal(enrolments.findBySha256(sha256).orElseThrow(Introspection::unknown))
        : principal(tokens.findBySha256(sha256).orElseThrow(Introspection::unknown));
  }

  private OAuth2AuthenticatedPrincipal principal(Token token) {
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
    if (token.unusedSince(minute)) {
      tokens.used(token.id(), minute);
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

  private static TokenRefused unknown() {
    return new TokenRefused(
        ErrorCode.NOT_SIGNED_IN, "The token is not known; an administrator can issue one");
  }
}
