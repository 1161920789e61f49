package dev.lanes.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is told to a client.
 *
 * @param queue why it waits; null unless it is queued
 * @param search what it looks for by further sizes; null without a goal
 * @param spec as it was submitted; absent in lists
 * @param jobs one for each hardware profile; absent in lists
 */
public record RunView(
    UUID id,
    String name,
    @Schema(allowableValues = {"queued", "running", "completed", "cancelled"}) String state,
    int priority,
    Map<String, String> labels,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    Progress progress,
    @Nullable Waiting queue,
    @Nullable Search search,
    @Schema(implementation = RunRequest.class) @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Map<String, Object> spec,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<JobView> jobs) {

  /**
   * How far a run is.
   *
   * @param cellsFailed cells that should have given figures and did not; they count as done
   * @param cellsUnsupported cells that their interpreter cannot run; they count as done, and failed
   *     nobody
   * @param current what is measured now, in words
   * @param secondsLeft estimate until the run ends; null when there is no ground for one
   */
  public record Progress(
      int cellsTotal,
      int cellsDone,
      int cellsFailed,
      int cellsUnsupported,
      @Nullable String current,
      @Nullable Double secondsLeft) {}

  /**
   * Why a run has not begun.
   *
   * @param position 1 for the next one
   */
  public record Waiting(int position, String reason) {}

  /**
   * A search for the size from which one is better than another.
   *
   * @param x axis of the size
   * @param pivot axis of what is compared
   * @param octaves width of the interval that is asked for
   * @param steps jobs with further sizes that were added
   * @param reason why it ended without an answer
   */
  public record Search(
      String x,
      String pivot,
      String a,
      String b,
      String measure,
      double octaves,
      @Schema(allowableValues = {"searching", "found", "ended"}) String state,
      int steps,
      @Nullable String reason) {}

  /**
   * A job of the run.
   *
   * @param attempt how often it has been leased
   * @param reason why it waits, failed or was tried again
   */
  public record JobView(
      UUID id,
      String profile,
      @Schema(allowableValues = {"queued", "leased", "finished", "cancelled", "failed"})
          String state,
      @Nullable String host,
      int attempt,
      @Nullable String reason) {}

  /** The same without what lists leave out. */
  RunView summary() {
    return new RunView(
        id,
        name,
        state,
        priority,
        labels,
        createdAt,
        startedAt,
        finishedAt,
        progress,
        queue,
        search,
        null,
        null);
  }

  /** Whether nothing will change any more. */
  public boolean finished() {
    return finishedAt != null;
  }
}
