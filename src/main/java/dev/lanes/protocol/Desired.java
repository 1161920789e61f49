package dev.lanes.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What the server wants of a worker.
 *
 * @param nextSyncMs milliseconds after which the worker should call again
 * @param lease the work to start; set exactly when the action is {@link Action#START}
 * @param reason why, for the worker's log
 */
public record Desired(
    Action action, long nextSyncMs, @Nullable Lease lease, @Nullable String reason) {

  /** What a worker can be told. */
  public enum Action {
    /** Nothing to do; call again. */
    IDLE,
    /** Go on with what you do. */
    CONTINUE,
    /** Take the lease: confirm it by a call that names its fence, then start. */
    START,
    /** Stop the attempt, and end it as cancelled. */
    CANCEL,
    /** Stop the attempt and drop its results: it has ended without you. */
    ABANDON,
    /** Call again with the facts about the host. */
    REPORT
  }
}
