package dev.lanes.schedule;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of one time at which a schedule was due.
 *
 * @param firedAt when a server decided it
 * @param run that it made; null where it made none, or the run was deleted
 * @param reason why it made none, or why it was due
 * @param problem why its run was refused
 */
record FiringView(
    UUID id,
    Instant dueAt,
    Instant firedAt,
    Firing.Cause cause,
    Firing.Outcome outcome,
    @Nullable UUID run,
    @Nullable String reason,
    @Nullable FiringProblem problem) {}
