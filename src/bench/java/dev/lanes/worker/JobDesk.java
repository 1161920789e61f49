package dev.lanes.worker;

import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Completion;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.Desired;
import dev.lanes.protocol.HostReport;
import dev.lanes.protocol.JobSpec;
import dev.lanes.protocol.Lease;
import dev.lanes.protocol.Sync;
import dev.lanes.protocol.WorkerProtocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A server's side of the protocol for one worker in the same process and one job at a time. */
final class JobDesk implements WorkerProtocol {

  private static final Duration LOOK = Duration.ofSeconds(5);

  private final JsonMapper json;
  private @Nullable HostReport report;
  private @Nullable Lease waiting;
  private @Nullable Completion completion;
  private List<Chunk> chunks = new ArrayList<>();
  private long fence;

  JobDesk(JsonMapper json) {
    this.json = json;
  }

  /** Waits until the worker has told about its host. */
  synchronized void awaitReport(Thread worker) throws InterruptedException {
    while (report == null) {
      waitFor(worker);
    }
  }

  synchronized HostReport report() {
    return Objects.requireNonNull(report, "the worker has not reported yet");
  }

  synchronized Measured measure(JobSpec job, Thread worker) throws InterruptedException {
    long started = System.nanoTime();
    chunks = new ArrayList<>();
    completion = null;
    waiting = new Lease(++fence, "local", Duration.ofDays(1).toMillis(), job);
    notifyAll();
    while (completion == null) {
      waitFor(worker);
    }
    if (completion.outcome() != AttemptOutcome.SUCCEEDED) {
      throw new JobGivenBackException(
          "the worker ended the job as %s: %s"
              .formatted(completion.outcome(), completion.reason()));
    }
    return new Measured(job, chunks, completion, (System.nanoTime() - started) / 1e9);
  }

  private void waitFor(Thread worker) throws InterruptedException {
    wait(LOOK.toMillis());
    if (!worker.isAlive()) {
      throw new IllegalStateException("the worker has ended; its log says why");
    }
  }

  @Override
  public synchronized Desired sync(Sync sync, @Nullable String prefer) {
    HostReport told = sync.report();
    if (told != null) {
      report = told;
      notifyAll();
    }
    Long busy = sync.fence();
    if (busy != null) {
      return new Desired(Desired.Action.CONTINUE, 1_000, null, null);
    }
    if (waiting == null) {
      try {
        wait(1_000); // an idle worker sleeps here, and is told at once when there is work
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    Lease lease = waiting;
    waiting = null;
    return lease == null
        ? new Desired(Desired.Action.IDLE, 0, null, null)
        : new Desired(Desired.Action.START, 0, lease, null);
  }

  @Override
  public synchronized void putChunk(
      long fence, int number, String lease, String digest, byte[] chunk) {
    chunks.add(json.readValue(chunk, Chunk.class));
  }

  @Override
  public synchronized void complete(long fence, String lease, Completion completion) {
    this.completion = completion;
    notifyAll();
  }
}
