package dev.lanes.fault;

import dev.lanes.arm.Living;
import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.fault.Call.Answer;
import dev.lanes.fault.Call.Kind;
import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.Desired;
import dev.lanes.protocol.Lease;
import dev.lanes.run.Cells;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A worker that measures nothing but does everything else, at a pace and with values that follow
 * from its seed. It can be killed at any moment, and it can be held up in the middle of a job.
 */
final class SeededWorker implements Runnable {

  /**
   * How it works.
   *
   * @param least chunks of a job, at least one
   * @param most chunks of a job
   * @param chunk the longest time that a chunk takes
   * @param beat between two signs of life
   * @param patience seconds that an idle worker waits for work in one call
   */
  record Pace(int least, int most, Duration chunk, Duration beat, int patience) {
    static Pace of(Stage.Timings timings, Duration chunk) {
      return new Pace(1, 5, chunk, timings.lease.dividedBy(5), 2);
    }
  }

  private final SimulatedWorker worker;
  private final String host;
  private final History history;
  private final Random random;
  private final Pace pace;
  private volatile @Nullable Lease current;
  private volatile boolean stopped;
  private volatile boolean dead;
  private volatile @Nullable Hold hold;
  private volatile @Nullable Throwable failure;
  private @Nullable Thread thread;

  SeededWorker(SimulatedWorker worker, String host, History history, long seed, Pace pace) {
    this.worker = worker;
    this.host = host;
    this.history = history;
    this.random = new Random(seed);
    this.pace = pace;
  }

  /** The thread by which it can be killed. */
  void runs(Thread its) {
    this.thread = its;
  }

  String host() {
    return host;
  }

  boolean isDead() {
    return dead;
  }

  /** What it measures now, or null. */
  @Nullable Lease current() {
    return current;
  }

  /** Ends it after what it measures. */
  void stop() {
    stopped = true;
  }

  /** Ends it now, whatever it does: from here on nothing is heard of it. */
  void kill() {
    dead = true;
    Lease lease = current;
    long now = System.currentTimeMillis();
    history.add(
        Call.of(Kind.KILL, history.operation(), host)
            .about(
                lease == null ? null : lease.fence(),
                lease == null ? null : lease.job().job(),
                lease == null ? null : lease.job().run())
            .answered(-1, now, now, Answer.OK, 0));
    thread.interrupt();
  }

  private record Hold(boolean beforeTheEnd, LongPredicate until) {}

  /**
   * Holds it up in its next job until it is so of the attempt; then it goes on as if nothing had
   * been.
   *
   * @param beforeTheEnd whether it has sent everything by then, and only the completion is left
   */
  void holdUntil(boolean beforeTheEnd, LongPredicate ofFence) {
    hold = new Hold(beforeTheEnd, ofFence);
  }

  @Nullable Throwable failure() {
    return failure;
  }

  @Override
  public void run() {
    try {
      Desired desired = worker.idle();
      while (!stopped || desired.lease() != null) {
        if (desired.action() == Desired.Action.REPORT) {
          desired = worker.report();
        } else if (desired.lease() != null) {
          measure(desired.lease());
          desired = stopped ? new Desired(Desired.Action.IDLE, 0, null, null) : ask();
        } else {
          desired = ask();
        }
      }
    } catch (IllegalStateException | InterruptedException e) {
      if (!dead && !Thread.currentThread().isInterrupted()) {
        failure = e;
      }
    } catch (RuntimeException | AssertionError e) {
      failure = dead ? null : e;
    }
  }

  private Desired ask() {
    return pace.patience() == 0 ? worker.idle() : worker.await(pace.patience());
  }

  private void measure(Lease lease) throws InterruptedException {
    current = lease;
    try {
      if (!goesOn(lease, 0)) {
        return;
      }
      int chunks = random.nextInt(pace.least(), pace.most() + 1);
      for (int number = 0; number < chunks; number++) {
        if (!work(lease, number)) {
          return;
        }
        if (number == chunks - 1) {
          holdUp(lease, false);
        }
        worker.send(lease, number, chunk(lease, number, number == chunks - 1));
      }
      holdUp(lease, true);
      worker.complete(lease, AttemptOutcome.SUCCEEDED, chunks);
    } catch (Wire.Refused e) {
      if (e.status() != 409) {
        throw e;
      }
      // The attempt has ended without this worker, which drops its results.
    } finally {
      current = null;
    }
  }

  /** Takes the time of a chunk, with signs of life; false when the attempt is over. */
  private boolean work(Lease lease, int sent) throws InterruptedException {
    long left = (long) (random.nextDouble() * pace.chunk().toMillis());
    while (left > 0) {
      long slice = Math.min(left, pace.beat().toMillis());
      Living.pause(slice);
      left -= slice;
      if (left > 0 && !goesOn(lease, sent)) {
        return false;
      }
    }
    return true;
  }

  private void holdUp(Lease lease, boolean atTheEnd) throws InterruptedException {
    Hold held = hold;
    if (held != null && held.beforeTheEnd() == atTheEnd) {
      while (!held.until().test(lease.fence())) {
        Living.pause(50);
      }
      hold = null;
    }
  }

  private boolean goesOn(Lease lease, int sent) {
    Desired.Action action = worker.busy(lease).action();
    if (action == Desired.Action.CANCEL) {
      worker.complete(lease, AttemptOutcome.CANCELLED, sent);
    }
    return action == Desired.Action.CONTINUE;
  }

  private Chunk chunk(Lease lease, int number, boolean last) {
    var first = Cells.first(lease);
    var sample = Cells.total(first, number, 1 + random.nextDouble());
    List<Chunk.CellEnding> endings = new ArrayList<>();
    if (last) {
      Cells.of(lease).forEach(cell -> endings.add(Cells.succeeded(cell.id(), number + 1)));
    }
    return new Chunk(List.of(sample), List.of(), endings);
  }
}
