package dev.lanes.access;

import dev.lanes.web.ApiException;
import dev.lanes.web.ErrorCode;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The browser's session. It begins with the link that the server writes into its log, which holds a
 * ticket that is good until the server stops.
 */
@RestController
class SignIn {

  private final SignInTicket ticket;

  SignIn(SignInTicket ticket) {
    this.ticket = ticket;
  }

  /**
   * Who is signed in.
   *
   * @param name name of the token's holder; null when nobody is signed in
   * @param role what it may do; null when nobody is signed in
   */
  record Session(@Nullable String name, @Nullable Role role) {}

  @Operation(operationId = "getSession", summary = "Who is signed in")
  @GetMapping("/api/v1/session")
  Session session(@Nullable Authentication authentication) {
    if (authentication == null) {
      return new Session(null, null);
    }
    Actor actor = Actor.of(authentication);
    return new Session(actor.name(), actor.role());
  }

  @Operation(operationId = "signOut", summary = "End the browser's session")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @DeleteMapping("/api/v1/session")
  ResponseEntity<Void> signOut(HttpServletRequest request) {
    var session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
    return ResponseEntity.noContent().build();
  }

  @Hidden
  @GetMapping("/sign-in")
  ResponseEntity<Void> signIn(
      @RequestParam String ticket, HttpServletRequest request, HttpServletResponse response) {
    if (!same(ticket, this.ticket.value())) {
      throw new ApiException(
          ErrorCode.NOT_SIGNED_IN,
          "The ticket is not of this start of the server; take the link from its newest log");
    }
    // A new session, so that nobody who knew the old id is signed in with us.
    request.getSession(true);
    request.changeSessionId();
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(
            "local admin", null, AuthorityUtils.createAuthorityList(Role.ADMIN.authorities())));
    new HttpSessionSecurityContextRepository().saveContext(context, request, response);
    return ResponseEntity.status(HttpStatus.SEE_OTHER).header("Location", "/").build();
  }

  private static boolean same(String given, String wanted) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
  }
}
