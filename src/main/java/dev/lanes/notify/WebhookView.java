package dev.lanes.notify;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as it is told to an administrator.
 *
 * @param owner name of whoever made it
 * @param version of the settings, as the header {@code ETag} has it
 * @param secret what deliveries are signed with; told once, when it is made
 */
record WebhookView(
    UUID id,
    String url,
    List<String> events,
    boolean paused,
    String owner,
    Instant createdAt,
    String version,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {}
