package dev.lanes.run;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job that a worker may measure.
 *
 * @param fence number of the attempt
 * @param token secret of the attempt, known to the worker alone
 * @param ttl until the worker must have said that it got the job
 * @param cores how many logical processors its profile measures on; null for all
 */
public record LeasedJob(
    long fence,
    String token,
    Duration ttl,
    UUID job,
    UUID run,
    String runName,
    long seed,
    Precision precision,
    @Nullable Integer cores,
    List<CellView> cells) {

  public LeasedJob {
    cells = List.copyOf(cells);
  }
}
