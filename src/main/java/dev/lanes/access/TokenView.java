package dev.lanes.access;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a token; never the token itself.
 *
 * @param host that a worker's token is bound to; null for every other role
 * @param expiresAt null when it never expires
 * @param lastUsedAt to the minute; null when it was never used
 * @param revokedAt null while it is not revoked
 */
record TokenView(
    UUID id,
    String name,
    Role role,
    @Nullable String host,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant revokedAt) {}
