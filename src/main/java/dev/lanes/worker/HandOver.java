package dev.lanes.worker;

import dev.lanes.measurement.Stopped;
import dev.lanes.protocol.Completion;
import dev.lanes.protocol.Lease;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;

/** Gives the server what attempts found, until it has it, or does not want it any more. */
final class HandOver {

  private static final Logger log = LoggerFactory.getLogger(HandOver.class);

  /** After these the same bytes would be refused for ever. */
  private static final Set<Integer> REFUSALS = Set.of(400, 404, 413, 422);

  /** A line that spoils bytes makes a refusal too, but hardly so often in a row. */
  private static final int MOST_REFUSALS = 3;

  private final ServerLink server;
  private final Spools spools;
  private final CountDownLatch stopped;

  /**
   * @param stopped opens when the worker ends; what is left then waits for its next start
   */
  HandOver(ServerLink server, Spools spools, CountDownLatch stopped) {
    this.server = server;
    this.spools = spools;
    this.stopped = stopped;
  }

  /**
   * Gives what earlier starts could not. To be called before the server hears anything else of this
   * start, since it then takes everything for lost that an earlier one had.
   */
  void ofEarlierStarts() throws InterruptedException {
    for (Spools.Ended left : spools.left()) {
      log.info(
          "fence={} {} before this start and is handed over",
          left.lease().fence(),
          left.completion().outcome());
      of(left.lease(), left.spool(), left.completion());
    }
  }

  /** Gives the results and the end of one attempt, and repeats that while nobody answers. */
  void of(Lease lease, Spool spool, Completion completion) throws InterruptedException {
    boolean told = false;
    int refusals = 0;
    while (true) {
      long pause;
      try {
        server.upload(spool, lease);
        server.complete(lease, completion);
        spool.drop();
        log.info("fence={} {} and handed over", lease.fence(), completion.outcome());
        return;
      } catch (Stopped e) {
        Throwable answer = e.getCause();
        spools.reject(
            spool,
            "the attempt has ended without this worker: "
                + (answer == null ? e.getMessage() : answer.getMessage()));
        return;
      } catch (HttpClientErrorException e) {
        if (REFUSALS.contains(e.getStatusCode().value()) && ++refusals == MOST_REFUSALS) {
          log.error("fence={} the server refuses the results: {}", lease.fence(), e.getMessage());
          spools.reject(spool, "the server refuses it: " + e.getMessage());
          return;
        }
        told = tell(told, lease, e);
        pause = Agent.REFUSED_MS;
      } catch (WorkerToken.Missing e) {
        told = tell(told, lease, e);
        pause = Agent.REFUSED_MS;
      } catch (RestClientException e) {
        told = tell(told, lease, e);
        pause = Agent.RETRY_MS;
      }
      if (stopped.await(pause, TimeUnit.MILLISECONDS)) {
        log.warn("fence={} waits in {} for the next start", lease.fence(), spool.folder());
        return;
      }
    }
  }

  private static boolean tell(boolean told, Lease lease, RuntimeException problem) {
    if (!told) {
      log.warn(
          "fence={} results wait for the server and are sent again: {}",
          lease.fence(),
          problem.getMessage());
    }
    return true;
  }
}
