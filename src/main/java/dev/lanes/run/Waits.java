package dev.lanes.run;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Waits for the end of runs, holding neither a thread of the machine nor a connection. */
@Component
class Waits {

  private static final Duration PACE = Duration.ofMillis(250);

  private final Runs runs;

  Waits(Runs runs) {
    this.runs = runs;
  }

  /**
   * Waits until the run has ended.
   *
   * @return whether it has
   */
  boolean untilFinished(UUID run, Duration most) throws InterruptedException {
    long looks = Math.max(1, most.dividedBy(PACE));
    for (long look = 0; look < looks; look++) {
      if (runs.finished(run)) {
        return true;
      }
      // Nothing ever opens the latch: it is a pause that an interrupt can end.
      boolean _ = new CountDownLatch(1).await(PACE.toMillis(), TimeUnit.MILLISECONDS);
    }
    return runs.finished(run);
  }
}
