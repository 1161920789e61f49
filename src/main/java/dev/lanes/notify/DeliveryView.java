package dev.lanes.notify;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of one event for one webhook.
 *
 * @param event the header {@code webhook-id}, the same in every try
 * @param tries how often it was sent
 * @param status of the last answer; null when there was none
 * @param failure why there was no answer, or none that counts
 * @param nextTryAt null when it has ended
 */
record DeliveryView(
    UUID id,
    UUID event,
    String type,
    @Schema(allowableValues = {"waiting", "delivered", "given_up"}) String state,
    int tries,
    @Nullable Integer status,
    @Nullable String failure,
    Instant createdAt,
    @Nullable Instant triedAt,
    @Nullable Instant nextTryAt) {}
