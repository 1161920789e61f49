package dev.lanes.bench;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What workers do with the queue. It is done by HTTP, or by the same statements of the database
 * without it; who loads the queue does not know which.
 */
interface QueueCalls {

  /**
   * A job that a host holds.
   *
   * @param host number of the host
   * @param cells of the job, controls too
   */
  record Taken(int host, long fence, String token, List<UUID> cells) {}

  /** A job and how long it took from its submission until the host held it. */
  record Dispatched(Taken job, double seconds) {}

  /**
   * Submits a run that only {@link Fleet#ALONE} may measure, which waits for it.
   *
   * @param pauseMs milliseconds for which the worker has waited when the run is submitted
   */
  Dispatched dispatch(long pauseMs) throws Exception;

  /** Asks for a job as an idle worker does. */
  Optional<Taken> next(int host) throws Exception;

  /** Says that the host has got the job. */
  void acknowledge(Taken job) throws Exception;

  /** Stores results. */
  void put(Taken job, int number, RoundChunk chunk) throws Exception;

  /** Ends the attempt: as succeeded if it sent results, else as cancelled, which needs none. */
  void complete(Taken job, int chunks) throws Exception;
}
