package dev.lanes.protocol;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The end of an attempt.
 *
 * @param chunks how many chunks were sent; they are numbered from 0
 * @param reason what failed; null when the attempt succeeded
 * @param session what held for the whole attempt: placement, tuning, checks of the host before and
 *     after, calibration; what could not be read is there as null
 */
public record Completion(
    @NotNull AttemptOutcome outcome,
    @Min(0) int chunks,
    @Nullable String reason,
    @NotNull Map<String, Object> session) {

  public Completion {
    session = Collections.unmodifiableMap(new LinkedHashMap<>(session));
  }

  /** How an attempt ended, as far as its worker knows. */
  public enum AttemptOutcome {
    /** Every cell has an ending; whether the cells succeeded is theirs to say. */
    SUCCEEDED,
    /** The server asked for the end. */
    CANCELLED,
    /** The host could not measure; another attempt may. */
    INFRA_ERROR
  }
}
