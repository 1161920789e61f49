package dev.lanes.dispatch;

import dev.lanes.host.Hosts;
import dev.lanes.protocol.Desired;
import dev.lanes.protocol.Desired.Action;
import dev.lanes.protocol.Lease;
import dev.lanes.protocol.Progress;
import dev.lanes.protocol.Sync;
import dev.lanes.run.IdleWorkers;
import dev.lanes.run.LeasedJob;
import dev.lanes.run.Leases;
import dev.lanes.run.OpenAttempts;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Decides what a worker should do. */
@Service
class Dispatch {

  /** While idle: short, because it is what a submitted run waits for. */
  private static final Duration IDLE_PACE = Duration.ofSeconds(1);

  /** While busy: long, because every call disturbs what is measured. */
  private static final Duration BUSY_PACE = Duration.ofSeconds(10);

  private final Hosts hosts;
  private final Leases leases;
  private final OpenAttempts attempts;
  private final IdleWorkers idle;

  Dispatch(Hosts hosts, Leases leases, OpenAttempts attempts, IdleWorkers idle) {
    this.hosts = hosts;
    this.leases = leases;
    this.attempts = attempts;
    this.idle = idle;
  }

  /**
   * One exchange with a worker.
   *
   * @param host name of the host that the worker's token is bound to
   * @param wait how long an idle worker would wait for work
   */
  Desired sync(String host, Sync sync, Duration wait) {
    if (sync.report() != null) {
      hosts.report(host, sync.agent(), Translation.facts(sync.report()));
    }
    Optional<UUID> known = hosts.seen(host, sync.agent());
    if (known.isEmpty()) {
      return new Desired(Action.REPORT, 0, null, "the host's facts are not known");
    }
    if (sync.support() != null) {
      hosts.support(host, sync.support().stream().map(Translation::support).toList());
    }
    Long fence = sync.fence();
    return fence == null ? idle(known.get(), sync.agent(), wait) : busy(known.get(), fence, sync);
  }

  private Desired idle(UUID host, String agent, Duration wait) {
    Optional<LeasedJob> job =
        leases
            .next(host, agent)
            .or(() -> wait.isZero() ? Optional.empty() : await(host, agent, wait));
    return job.map(found -> new Desired(Action.START, BUSY_PACE.toMillis(), lease(found), null))
        .orElseGet(() -> new Desired(Action.IDLE, idlePace(wait).toMillis(), null, null));
  }

  /** Who has waited here may ask again at once, unless this server sends everybody away. */
  private Duration idlePace(Duration wait) {
    return wait.isZero() || !idle.isRunning() ? IDLE_PACE : Duration.ZERO;
  }

  /** Looks again, because one may have come meanwhile, and whenever there may be one. */
  private Optional<LeasedJob> await(UUID host, String agent, Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    try (IdleWorkers.Waiter waiter = idle.enter(host)) {
      Optional<LeasedJob> job = leases.next(host, agent);
      while (job.isEmpty() && waiter.await(Duration.ofNanos(end - System.nanoTime()))) {
        job = leases.next(host, agent);
      }
      return job;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Desired busy(UUID host, long fence, Sync sync) {
    Progress progress = sync.progress();
    OpenAttempts.Standing standing =
        attempts.renew(
            host,
            fence,
            progress == null ? null : Translation.text(progress.current()),
            progress == null ? null : progress.secondsLeft());
    return switch (standing) {
      case OPEN -> new Desired(Action.CONTINUE, BUSY_PACE.toMillis(), null, null);
      case CANCEL_REQUESTED ->
          new Desired(Action.CANCEL, BUSY_PACE.toMillis(), null, "the run was cancelled");
      case ENDED -> new Desired(Action.ABANDON, 0, null, "the attempt has ended");
    };
  }

  private static Lease lease(LeasedJob job) {
    return new Lease(job.fence(), job.token(), job.ttl().toMillis(), Translation.job(job));
  }
}
