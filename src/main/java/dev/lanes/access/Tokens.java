package dev.lanes.access;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Tokens and what they stand for. */
@Service
@Transactional
public class Tokens implements OpaqueTokenIntrospector {

  /** Attribute of a worker's principal: the name of the host it speaks for. */
  public static final String HOST = "host";

  /** Attribute of every principal: its {@link Role}. */
  public static final String ROLE = "role";

  private final TokenRepository tokens;
  private final Clock clock;

  Tokens(TokenRepository tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * Makes a token and keeps its digest.
   *
   * @param hostName the host that a worker's token is bound to; null for every other role
   * @return the token itself, which cannot be had again
   */
  String issue(String name, Role role, @Nullable String hostName) {
    String token = TokenFormat.create(role);
    register(token, name, role, hostName);
    return token;
  }

  /** Accepts a token made elsewhere, unless it is known already. */
  void register(String token, String name, Role role, @Nullable String hostName) {
    if (find(token).isEmpty()) {
      tokens.save(new Token(name, role, hostName, TokenFormat.sha256(token), clock.instant()));
    }
  }

  private Optional<Token> find(String token) {
    return TokenFormat.matches(token)
        ? tokens.findBySha256AndRevokedAtIsNull(TokenFormat.sha256(token))
        : Optional.empty();
  }

  @Override
  public OAuth2AuthenticatedPrincipal introspect(String text) {
    Token token =
        find(text).orElseThrow(() -> new BadOpaqueTokenException("the token is not known"));
    Map<String, Object> attributes = new HashMap<>();
    attributes.put(ROLE, token.role());
    if (token.hostName() != null) {
      attributes.put(HOST, token.hostName());
    }
    return new DefaultOAuth2AuthenticatedPrincipal(
        token.name(), attributes, AuthorityUtils.createAuthorityList(token.role().authorities()));
  }
}
