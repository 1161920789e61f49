package dev.lanes.protocol;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What a worker does at the moment.
 *
 * @param agent random id of this start of the worker; another one means that it lost its state
 * @param state what it does
 * @param fence the attempt it works on; null when idle
 * @param progress how far the attempt is; null when idle
 * @param report facts about the host, sent with the first call and when asked for
 */
public record Sync(
    @NotNull @Size(max = 64) String agent,
    @NotNull State state,
    @Nullable Long fence,
    @Valid @Nullable Progress progress,
    @Valid @Nullable HostReport report) {

  /** What a worker can be doing. */
  public enum State {
    IDLE,
    PREPARING,
    RUNNING,
    UPLOADING
  }
}
