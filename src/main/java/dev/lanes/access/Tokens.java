package dev.lanes.access;

import dev.lanes.web.ApiException;
import dev.lanes.web.ErrorCode;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Tokens: who has one, until when, and what it is good for. */
@Service
@Transactional
public class Tokens {

  /** Attribute of a worker's principal: the name of the host it speaks for. */
  public static final String HOST = "host";

  /** Attribute of every principal but an enrolling worker's: its {@link Role}. */
  public static final String ROLE = "role";

  private final TokenRepository tokens;
  private final Audit audit;
  private final Clock clock;

  Tokens(TokenRepository tokens, Audit audit, Clock clock) {
    this.tokens = tokens;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A token that was just made.
   *
   * @param token the secret itself, which cannot be had again
   */
  record Issued(String token, TokenView view) {}

  /**
   * Makes a token and keeps its digest.
   *
   * @param hostName the host that a worker's token is bound to; null for every other role
   * @param expiresAt null for a token that never expires
   */
  Issued issue(String name, Role role, @Nullable String hostName, @Nullable Instant expiresAt) {
    String token = TokenFormat.create(role);
    return new Issued(token, keep(token, name, role, hostName, expiresAt).view());
  }

  /**
   * Accepts a token made elsewhere, unless it is known already.
   *
   * @return false if it is known to be revoked
   */
  boolean register(String token, String name, Role role, @Nullable String hostName) {
    Optional<Token> known = tokens.findBySha256(TokenFormat.sha256(token));
    if (known.isEmpty()) {
      keep(token, name, role, hostName, null);
    }
    return known.isEmpty() || known.get().revokedAt() == null;
  }

  private Token keep(
      String token,
      String name,
      Role role,
      @Nullable String hostName,
      @Nullable Instant expiresAt) {
    Token kept =
        tokens.save(
            new Token(name, role, hostName, TokenFormat.sha256(token), clock.instant(), expiresAt));
    Map<String, Object> detail = new HashMap<>(Map.of("name", name, "role", role.id()));
    if (hostName != null) {
      detail.put("host", hostName);
    }
    if (expiresAt != null) {
      detail.put("expires_at", expiresAt.toString());
    }
    audit.append(AuditAction.TOKEN_ISSUED, kept.id(), detail);
    return kept;
  }

  /** Every token that was ever issued, the newest first. */
  @Transactional(readOnly = true)
  List<TokenView> all() {
    return tokens.findAllByOrderByIdDesc().stream().map(Token::view).toList();
  }

  /**
   * Ends a token at once; a second call changes nothing.
   *
   * @throws ApiException if there is no such token, or nobody could manage tokens any more
   */
  void revoke(UUID id) {
    Token token =
        tokens
            .findById(id)
            .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "There is no token " + id));
    if (token.role() == Role.ADMIN) {
      // Two administrators who revoke each other wait here, and the second finds itself the last.
      List<UUID> admins = tokens.lockAdmins(clock.instant()).stream().map(Token::id).toList();
      if (admins.equals(List.of(id))) {
        throw new ApiException(
            ErrorCode.LAST_ADMIN,
            "Token %s is the last of an administrator; issue another with the role admin first"
                .formatted(id));
      }
    }
    end(List.of(token));
  }

  /** Ends every token of the workers of a host. */
  void revokeWorkers(String hostName) {
    end(tokens.findByHostNameAndRevokedAtIsNullOrderById(hostName));
  }

  /** Tells of them when all have ended: a row must not be waited for while others wait for us. */
  private void end(List<Token> some) {
    Instant now = clock.instant();
    List<Token> ended = some.stream().filter(token -> tokens.revoke(token.id(), now) == 1).toList();
    for (Token token : ended) {
      audit.append(
          AuditAction.TOKEN_REVOKED,
          token.id(),
          Map.of("name", token.name(), "role", token.role().id()));
    }
  }
}
