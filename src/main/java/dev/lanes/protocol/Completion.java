package dev.lanes.protocol;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * The end of an attempt.
 *
 * @param chunks how many chunks were sent; they are numbered from 0
 * @param reason what failed; null when the attempt succeeded
 */
public record Completion(
    @NotNull AttemptOutcome outcome, @Min(0) int chunks, @Nullable String reason) {

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
