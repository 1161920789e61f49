package dev.lanes.access;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;

/**
 * Whoever makes a call.
 *
 * @param name of the token's holder
 * @param role null for a worker that enrols
 */
record Actor(String name, @Nullable Role role) {

  /** What the server does without being asked. */
  static final Actor LANES = new Actor("lanes", null);

  static Actor of(Authentication authentication) {
    Role role =
        authentication.getPrincipal() instanceof OAuth2AuthenticatedPrincipal principal
            ? principal.<Role>getAttribute(Tokens.ROLE)
            // A browser's session is begun by the link in the log only.
            : Role.ADMIN;
    return new Actor(authentication.getName(), role);
  }
}
