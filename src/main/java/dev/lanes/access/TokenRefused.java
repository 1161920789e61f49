package dev.lanes.access;

import dev.lanes.web.ErrorCode;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;

/** A token, or the secret of an enrolment, that is not accepted, with the reason. */
final class TokenRefused extends BadOpaqueTokenException {

  private final ErrorCode code;

  TokenRefused(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  ErrorCode code() {
    return code;
  }
}
