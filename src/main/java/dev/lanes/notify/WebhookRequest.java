package dev.lanes.notify;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as it is asked for.
 *
 * @param url where deliveries go, by https
 * @param events what is told: {@code run.ended}, {@code host.quarantined}; at least one
 * @param paused whether nothing is told for now; what happens meanwhile is not told later
 */
record WebhookRequest(
    @Schema(requiredMode = REQUIRED) @Nullable String url,
    @Schema(requiredMode = REQUIRED) @Nullable List<@Nullable String> events,
    @Nullable Boolean paused) {}
