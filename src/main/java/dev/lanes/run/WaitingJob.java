package dev.lanes.run;

import java.time.Instant;
import java.util.UUID;

/**
 * A job that waits for a host.
 *
 * @param owner who submitted its run
 * @param position 1 for the one that is expected to begin next of those for its profile
 * @param waitingSince when its run was submitted
 * @param reason why it has not begun
 */
public record WaitingJob(
    UUID job,
    UUID run,
    String runName,
    String owner,
    String profile,
    int priority,
    int position,
    Instant waitingSince,
    String reason) {}
