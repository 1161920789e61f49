package dev.lanes.result;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where and how the attempt that counts for a job measured.
 *
 * @param host its name
 * @param fingerprint of the host's processor and kernel; null where it was not told, as while the
 *     attempt is open
 * @param protocol version of the way of measuring; likewise
 */
public record AttemptSession(
    UUID job, String host, @Nullable String fingerprint, @Nullable String protocol) {}
