package dev.lanes.arm;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Kills a process that does not answer in time. It looks now and then instead of setting an alarm
 * for each command, since an alarm would wake a thread of this worker beside every slice.
 */
public final class Watchdog implements AutoCloseable {

  /** Looks in the time that a process has; it may so have a tenth more. */
  private static final int LOOKS = 10;

  private final Duration limit;
  private final LongSupplier nanoTime;
  private final ScheduledFuture<?> looks;
  private volatile @Nullable Watch watch;

  private record Watch(ArmProcess process, long until) {}

  /** Watches with a limit from a command to its answer. */
  public Watchdog(ScheduledExecutorService timer, Duration limit, LongSupplier nanoTime) {
    this.limit = limit;
    this.nanoTime = nanoTime;
    long pace = Math.max(1, limit.toMillis() / LOOKS);
    this.looks = timer.scheduleWithFixedDelay(this::look, pace, pace, TimeUnit.MILLISECONDS);
  }

  Duration limit() {
    return limit;
  }

  /** The process has been asked for something. */
  void watch(ArmProcess process) {
    watch = new Watch(process, nanoTime.getAsLong() + limit.toNanos());
  }

  /** The process has answered. */
  void rest() {
    watch = null;
  }

  private void look() {
    Watch current = watch;
    if (current != null && nanoTime.getAsLong() - current.until() >= 0) {
      current.process().timeOut();
    }
  }

  @Override
  public void close() {
    looks.cancel(false);
  }
}
