package dev.lanes.worker;

import dev.lanes.measurement.GroupSession;
import dev.lanes.measurement.GroupTools;
import dev.lanes.measurement.SessionFacts;
import dev.lanes.measurement.Stopped;
import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.JobSpec;
import dev.lanes.protocol.JobSpec.Group;
import dev.lanes.protocol.Lease;
import dev.lanes.protocol.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One try of a job: measures its groups one after the other and puts the results into a spool. */
final class Attempt {

  private static final Logger log = LoggerFactory.getLogger(Attempt.class);

  private final Lease lease;
  private final GroupTools tools;
  private final Spool spool;
  private final Contact contact;
  private final HostWatch host;
  private final LongSupplier nanoTime;
  private final long deadline;
  private final List<Map<String, Object>> groups = new ArrayList<>();

  Attempt(Lease lease, GroupTools tools, Spool spool, Contact contact, HostWatch host) {
    this.lease = lease;
    this.tools = tools;
    this.spool = spool;
    this.contact = contact;
    this.host = host;
    this.nanoTime = tools.nanoTime();
    this.deadline = nanoTime.getAsLong() + (long) (job().precision().timeBudgetS() * 1e9);
  }

  private JobSpec job() {
    return lease.job();
  }

  /** Measures every group. */
  void run() throws Stopped {
    List<Group> groups = job().groups();
    log.info(
        "fence={} run={} groups={} starts; results are sent while it goes on",
        lease.fence(),
        job().run(),
        groups.size());
    SplittableRandom seeds = new SplittableRandom(job().seed());
    for (int i = 0; i < groups.size(); i++) {
      measure(groups.get(i), groups.size() - i, seeds.nextLong());
    }
  }

  /** Every group may use its share of the time that is left; what one leaves, the others get. */
  private void measure(Group group, int groupsLeft, long seed) throws Stopped {
    long share = Math.max(0, deadline - nanoTime.getAsLong()) / groupsLeft;
    Reports reports = new Reports((groupsLeft - 1) * share / 1e9);
    groups.add(
        GroupSession.measure(
                tools, group, job().precision(), seed, Duration.ofNanos(share), reports)
            .facts());
  }

  /** What held for the attempt so far. */
  Map<String, Object> session() {
    Map<String, Object> session = new LinkedHashMap<>();
    session.put("protocol_version", SessionFacts.PROTOCOL_VERSION);
    session.put("seed", job().seed());
    var agentCpu = tools.starter().agentTime().share();
    session.putAll(host.facts());
    session.put("agent_cpu_share", agentCpu.isPresent() ? agentCpu.getAsDouble() : null);
    session.put("groups", groups);
    return session;
  }

  /** Takes what a group says: results into the spool, progress to the server. */
  private final class Reports implements GroupSession.Host {

    private final double later;

    /** Groups that come later are taken to need all the time that they may have. */
    Reports(double later) {
      this.later = later;
    }

    @Override
    public void results(Chunk chunk) {
      spool.add(chunk);
    }

    @Override
    public void betweenRounds(String current, @Nullable Double secondsLeft) throws Stopped {
      contact.progress(
          new Progress(current, secondsLeft == null ? null : (Double) (secondsLeft + later)));
      contact.checkpoint();
    }

    @Override
    public void check() throws Stopped {
      contact.heed();
    }
  }
}
