package dev.lanes.access;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A token that somebody should get.
 *
 * @param name of its holder, 1 to 100 characters
 * @param host that the token of a worker is bound to; not for any other role
 * @param expiresInDays 1 to 3650; null for a token that never expires
 */
record TokenRequest(
    @Schema(requiredMode = REQUIRED) @Nullable String name,
    @Schema(requiredMode = REQUIRED) @Nullable Role role,
    @Nullable String host,
    @Nullable Integer expiresInDays) {}
