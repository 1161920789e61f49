package dev.lanes.access;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that somebody did.
 *
 * @param id from 1 without a gap
 * @param actor name of the token's holder; {@code lanes} for what the server does by itself
 * @param role null for the server itself, and for a worker that enrols
 * @param subject id of what it was done to
 * @param remoteAddress null for what no call asked for
 * @param previousHash SHA-256 of the entry before, in hexadecimal digits
 * @param hash SHA-256 over that and the other members, likewise
 */
record AuditEntry(
    long id,
    Instant at,
    String actor,
    @Nullable Role role,
    AuditAction action,
    String subject,
    Map<String, Object> detail,
    @Nullable String remoteAddress,
    String previousHash,
    String hash) {}
