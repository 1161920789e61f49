package dev.lanes.run;

import java.time.Instant;
import java.util.UUID;

/**
 * A run that has been measured. Its results stay as they are, unless its failed jobs are tried
 * again; it then ends once more, at another time.
 *
 * @param suite name of the suite that it was submitted by
 */
public record CompletedRun(UUID id, String suite, Instant finishedAt) {}
