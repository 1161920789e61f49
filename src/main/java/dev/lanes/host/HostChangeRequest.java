package dev.lanes.host;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator makes of a host.
 *
 * @param state what it becomes
 * @param reason why, for those who read it later; may be left out unless the host becomes active
 */
record HostChangeRequest(
    @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable State state, @Nullable String reason) {

  /** States that somebody can choose. */
  enum State {
    ACTIVE,
    DRAINING,
    QUARANTINED
  }
}
