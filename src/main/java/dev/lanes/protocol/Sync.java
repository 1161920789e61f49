package dev.lanes.protocol;

import dev.lanes.catalog.ModelSupport;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker does at the moment.
 *
 * @param agent random id of this start of the worker; another one means that it lost its state
 * @param state what it does
 * @param fence the attempt it works on; null when idle
 * @param progress how far the attempt is; null when idle
 * @param report facts about the host, sent with the first call and when asked for
 * @param support what probes have found since the last call; null when nothing
 */
public record Sync(
    @NotNull @Size(max = 64) String agent,
    @NotNull State state,
    @Nullable Long fence,
    @Valid @Nullable Progress progress,
    @Valid @Nullable HostReport report,
    @Nullable @Size(max = 10_000) List<ModelSupport> support) {

  /** What a worker can be doing. */
  public enum State {
    IDLE,
    PREPARING,
    RUNNING,
    UPLOADING
  }
}
