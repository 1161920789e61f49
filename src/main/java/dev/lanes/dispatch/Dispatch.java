package dev.lanes.dispatch;

import dev.lanes.host.Hosts;
import dev.lanes.protocol.Desired;
import dev.lanes.protocol.Desired.Action;
import dev.lanes.protocol.Lease;
import dev.lanes.protocol.Progress;
import dev.lanes.protocol.Sync;
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

  Dispatch(Hosts hosts, Leases leases, OpenAttempts attempts) {
    this.hosts = hosts;
    this.leases = leases;
    this.attempts = attempts;
  }

  /**
   * One exchange with a worker.
   *
   * @param host name of the host that the worker's token is bound to
   */
  Desired sync(String host, Sync sync) {
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
    return fence == null ? idle(known.get(), sync.agent()) : busy(known.get(), fence, sync);
  }

  private Desired idle(UUID host, String agent) {
    return leases
        .next(host, agent)
        .map(job -> new Desired(Action.START, BUSY_PACE.toMillis(), lease(job), null))
        .orElseGet(() -> new Desired(Action.IDLE, IDLE_PACE.toMillis(), null, null));
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
    return new Lease(
        job.fence(), job.token(), Leases.UNACKNOWLEDGED.toMillis(), Translation.job(job));
  }
}
