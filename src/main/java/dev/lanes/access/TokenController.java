package dev.lanes.access;

import dev.lanes.web.ApiException;
import dev.lanes.web.ApiException.FieldProblem;
import dev.lanes.web.ErrorCode;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Tokens, for administrators. */
@RestController
@RequestMapping("/api/v1/tokens")
class TokenController {

  private static final int MAX_NAME = 100;
  private static final int MAX_DAYS = 3650;

  private final Tokens tokens;
  private final Clock clock;

  TokenController(Tokens tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Tokens, the newest first. */
  record TokenList(List<TokenView> items, @Nullable String next) {}

  /**
   * A token that was just made.
   *
   * @param host that a worker's token is bound to; null for every other role
   * @param expiresAt null when it never expires
   * @param token the secret itself; it is told this once
   */
  record IssuedToken(
      UUID id,
      String name,
      Role role,
      @Nullable String host,
      Instant createdAt,
      @Nullable Instant expiresAt,
      String token) {}

  @Operation(operationId = "issueToken", summary = "Issue a token, which is shown once")
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping
  ResponseEntity<IssuedToken> issue(@RequestBody TokenRequest request) {
    check(request);
    Integer days = request.expiresInDays();
    Instant expiresAt = days == null ? null : clock.instant().plus(Duration.ofDays(days));
    Tokens.Issued issued =
        tokens.issue(
            Objects.requireNonNull(request.name()),
            Objects.requireNonNull(request.role()),
            request.host(),
            expiresAt);
    TokenView view = issued.view();
    return ResponseEntity.created(
            UriComponentsBuilder.fromPath("/api/v1/tokens/{id}").build(view.id()))
        .cacheControl(CacheControl.noStore())
        .body(
            new IssuedToken(
                view.id(),
                view.name(),
                view.role(),
                view.host(),
                view.createdAt(),
                view.expiresAt(),
                issued.token()));
  }

  @Operation(operationId = "listTokens", summary = "Tokens, the newest first")
  @GetMapping
  TokenList list() {
    return new TokenList(tokens.all(), null);
  }

  @Operation(operationId = "revokeToken", summary = "Revoke a token at once")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @DeleteMapping("/{id}")
  void revoke(@PathVariable UUID id) {
    tokens.revoke(id);
  }

  private static void check(TokenRequest request) {
    List<FieldProblem> problems = new ArrayList<>();
    String name = request.name();
    if (name == null || name.isBlank() || name.length() > MAX_NAME || name.indexOf('\0') >= 0) {
      problems.add(
          new FieldProblem(
              "/name",
              "must have 1 to %d characters, none of them U+0000".formatted(MAX_NAME),
              null));
    }
    Role role = request.role();
    if (role == null) {
      List<String> roles = Arrays.stream(Role.values()).map(Role::id).toList();
      problems.add(new FieldProblem("/role", "is missing; it must be one of the roles", roles));
    }
    if (role == Role.WORKER) {
      HostName.problem(request.host()).ifPresent(problems::add);
    } else if (request.host() != null) {
      problems.add(new FieldProblem("/host", "is only for the role worker; leave it out", null));
    }
    Integer days = request.expiresInDays();
    if (days != null && (days < 1 || days > MAX_DAYS)) {
      problems.add(
          new FieldProblem(
              "/expires_in_days",
              "is %d; it must be from 1 to %d, or left out".formatted(days, MAX_DAYS),
              null));
    }
    if (!problems.isEmpty()) {
      FieldProblem first = problems.getFirst();
      throw new ApiException(
          ErrorCode.INVALID_REQUEST, "%s %s".formatted(first.pointer(), first.detail()), problems);
    }
  }
}
