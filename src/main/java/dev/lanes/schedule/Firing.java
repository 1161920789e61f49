package dev.lanes.schedule;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of one time at which a schedule was due.
 *
 * @param dueAt with the schedule, what a firing is known by
 * @param firedAt when a server decided it
 * @param reason null where nothing needs to be said
 * @param problem why no run could be submitted
 */
record Firing(
    UUID schedule,
    Instant dueAt,
    Instant firedAt,
    Cause cause,
    Outcome outcome,
    @Nullable String reason,
    @Nullable FiringProblem problem) {

  /** Why it was due. */
  enum Cause {
    CRON,
    /** Somebody asked for it. */
    BY_HAND,
    /** A host had a build that none had before. */
    NEW_INTERPRETER
  }

  enum Outcome {
    /** It made a run. */
    FIRED,
    /** It made none, on purpose. */
    SKIPPED,
    /** Its run was refused. */
    FAILED
  }

  /** One that makes a run. */
  static Firing fired(UUID schedule, Instant dueAt, Instant now, Cause cause) {
    return new Firing(schedule, dueAt, now, cause, Outcome.FIRED, null, null);
  }

  Firing because(String reason) {
    return new Firing(schedule, dueAt, firedAt, cause, outcome, reason, problem);
  }

  /** The same, which makes none. */
  Firing skipped(String reason) {
    return new Firing(schedule, dueAt, firedAt, cause, Outcome.SKIPPED, reason, null);
  }

  /** The same, whose run was refused. */
  Firing failed(FiringProblem problem) {
    return new Firing(schedule, dueAt, firedAt, cause, Outcome.FAILED, reason, problem);
  }
}
