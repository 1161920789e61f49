package dev.lanes.worker;

import dev.lanes.measurement.Stopped;
import dev.lanes.protocol.Desired;
import dev.lanes.protocol.Lease;
import dev.lanes.protocol.Progress;
import dev.lanes.protocol.Sync.State;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.RestClientException;

/**
 * Keeps an attempt's lease alive and hears when it should end. Calls are made while nothing is
 * measured; only when a phase takes long, one is made beside it.
 */
final class Contact implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Contact.class);

  /** Between two calls that hand results over, at moments when nothing runs. */
  private static final Duration PACE = Duration.ofSeconds(10);

  /** After this long a call is made even beside a running phase, so that a cancel is heard. */
  private static final Duration OVERDUE = Duration.ofSeconds(15);

  private final ServerLink server;
  private final Lease lease;
  private final Spool spool;
  private final Runnable killProcesses;
  private final LongSupplier nanoTime;
  private final ScheduledFuture<?> watch;
  private volatile @Nullable Progress progress;
  private volatile Stopped.@Nullable Why stop;
  private long lastContact;
  private long lastHandOver;
  private boolean reachable = true;

  Contact(
      ServerLink server,
      Lease lease,
      Spool spool,
      Runnable killProcesses,
      LongSupplier nanoTime,
      ScheduledExecutorService timer) {
    this.server = server;
    this.lease = lease;
    this.spool = spool;
    this.killProcesses = killProcesses;
    this.nanoTime = nanoTime;
    this.lastContact = nanoTime.getAsLong();
    this.lastHandOver = lastContact;
    this.watch = timer.scheduleWithFixedDelay(this::callIfOverdue, 5, 5, TimeUnit.SECONDS);
  }

  /** What the next calls tell of the attempt. */
  void progress(Progress progress) {
    this.progress = progress;
  }

  /** Ends the attempt at its next checkpoint, and what runs now at once. */
  void stop(Stopped.Why why) {
    stop = why;
    killProcesses.run();
  }

  /**
   * A moment at which nothing runs: calls the server if it is time, and hands over what waits.
   *
   * @throws Stopped if measuring should end
   */
  void checkpoint() throws Stopped {
    if (stop == null && handOverDue()) {
      call(true);
    }
    heed();
  }

  /**
   * Calls nobody.
   *
   * @throws Stopped if measuring should end
   */
  void heed() throws Stopped {
    Stopped.Why why = stop;
    if (why != null) {
      throw new Stopped(why);
    }
  }

  private void callIfOverdue() {
    if (stop == null && overdue()) {
      call(false);
      if (stop != null) {
        killProcesses.run();
      }
    }
  }

  /** Not put off by calls beside a phase: they leave the results where they are. */
  private synchronized boolean handOverDue() {
    return nanoTime.getAsLong() - lastHandOver >= PACE.toNanos();
  }

  private synchronized boolean overdue() {
    return nanoTime.getAsLong() - lastContact >= OVERDUE.toNanos();
  }

  private synchronized void call(boolean withResults) {
    lastContact = nanoTime.getAsLong();
    if (withResults) {
      lastHandOver = lastContact;
    }
    try {
      Desired desired = server.busy(lease.fence(), State.RUNNING, progress);
      switch (desired.action()) {
        case CANCEL -> stop = Stopped.Why.CANCELLED;
        case ABANDON -> stop = Stopped.Why.ABANDONED;
        case CONTINUE, IDLE, START, REPORT -> {
          if (withResults) {
            server.upload(spool, lease);
          }
        }
      }
      reachable = true;
    } catch (Stopped e) {
      stop = e.why();
    } catch (RestClientException e) {
      if (reachable) {
        log.warn(
            "fence={} the server cannot be reached; measuring goes on, results wait on disk: {}",
            lease.fence(),
            e.getMessage());
      }
      reachable = false;
    }
  }

  @Override
  public void close() {
    watch.cancel(false);
  }
}
