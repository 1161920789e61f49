package dev.lanes.run;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A host and what it measures at the moment.
 *
 * @param state whether it may get work: {@code active} may
 * @param online whether its worker was heard of of late
 * @param measuring null when it measures nothing
 */
record LiveView(
    String host, String state, boolean online, Instant lastSeenAt, @Nullable Measuring measuring) {

  /**
   * An attempt that has not ended.
   *
   * @param fence number of the attempt
   * @param attempt how often the job has been leased, this time included
   * @param acknowledged whether the worker has said that it got the job
   * @param current what is measured, in the worker's words
   * @param secondsLeft the worker's estimate; null when it has none
   */
  record Measuring(
      long fence,
      UUID run,
      String runName,
      String owner,
      String profile,
      int attempt,
      Instant since,
      boolean acknowledged,
      @Nullable String current,
      int cellsDone,
      int cellsTotal,
      @Nullable Double secondsLeft) {}
}
