package dev.lanes.worker;

import dev.lanes.arm.ProcessJournal;
import dev.lanes.catalog.Catalog;
import dev.lanes.catalog.ModelSupport;
import dev.lanes.interpreter.Interpreters;
import dev.lanes.machine.HostTuning;
import dev.lanes.machine.Machine;
import dev.lanes.measurement.Stopped;
import dev.lanes.protocol.Completion;
import dev.lanes.protocol.Desired;
import dev.lanes.protocol.HostReport;
import dev.lanes.protocol.Lease;
import dev.lanes.protocol.Sync.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.json.JsonMapper;

/** The loop of a worker: asks for work, does it, hands it over. One thing at a time. */
final class Agent implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(Agent.class);

  /** Until a server that did not answer is asked again. */
  static final long RETRY_MS = 2_000;

  /** The same for one that refused, or when something on this host has to change first. */
  static final long REFUSED_MS = 15_000;

  private final WorkerProperties properties;
  private final WorkloadFolders workloads;
  private final Catalog catalog;
  private final ServerLink server;
  private final ProcessJournal journal;
  private final Spools spools;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final HandOver handOver;
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(2, Thread.ofPlatform().daemon().name("timer-", 0).factory());
  private volatile @Nullable Contact contact;
  private volatile @Nullable Thread waiting;
  private boolean reachable = true;
  private boolean roomy = true;

  Agent(
      WorkerProperties properties,
      WorkloadFolders workloads,
      Catalog catalog,
      ServerLink server,
      JsonMapper json,
      Clock clock) {
    this.properties = properties;
    this.workloads = workloads;
    this.catalog = catalog;
    this.server = server;
    this.journal = new ProcessJournal(properties.directory().resolve("processes"));
    this.spools =
        new Spools(properties.directory(), properties.spoolLimit().toBytes(), json, clock);
    this.handOver = new HandOver(server, spools, stopped);
  }

  @Override
  public void run() {
    try {
      Files.createDirectories(properties.directory());
      journal.killLeftovers();
      HostTuning.restore(Path.of("/"), properties.tuningJournal());
      FileSystemUtils.deleteRecursively(folder("tmp").toFile());
      handOver.ofEarlierStarts();
      Interpreters interpreters =
          Interpreters.find(
              properties.directory(),
              properties.interpreters(),
              workloads.folders(),
              System.getenv());
      interpreters.problems().forEach(problem -> log.warn("interpreter {}", problem));
      log.info(
          "interpreters={} found; asking {} for work", lines(interpreters), properties.server());
      loop(interpreters);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      log.error("the worker cannot use its folder {} and ends", properties.directory(), e);
    } catch (RuntimeException e) {
      log.error("the worker ends by a fault of its own; start it again and report this", e);
    } finally {
      timer.shutdownNow();
    }
  }

  private static String lines(Interpreters interpreters) {
    return interpreters.all().stream()
        .filter(interpreter -> interpreter.usable())
        .map(interpreter -> interpreter.line())
        .distinct()
        .toList()
        .toString();
  }

  private Path folder(String name) {
    return properties.directory().resolve(name);
  }

  /** Ends the loop, and an attempt that runs. */
  void stop() {
    stopped.countDown();
    Contact current = contact;
    if (current != null) {
      current.stop(Stopped.Why.STOPPING);
    }
    Thread idle = waiting;
    if (idle != null) {
      idle.interrupt(); // else the server's answer would be waited for
    }
  }

  private boolean stopping() {
    return stopped.getCount() == 0;
  }

  private void loop(Interpreters interpreters) throws InterruptedException {
    Machine machine = properties.machine();
    Attempts attempts = new Attempts(properties, machine, catalog, interpreters, journal, timer);
    HostReport report =
        new HostReport(
            machine.usableCores(),
            machine.memoryBytes(),
            machine.architecture(),
            machine.facts(),
            properties.labels(),
            interpreters.all());
    SupportProbes probes = new SupportProbes(folder("support.json"), catalog, interpreters);
    boolean wanted = true;
    long pause = 0;
    while (!stopped.await(pause, TimeUnit.MILLISECONDS)) {
      if (!roomy()) {
        pause = REFUSED_MS;
        continue;
      }
      try {
        List<ModelSupport> support = probes.unsent();
        // What an idle worker has left to find out must not wait for work.
        boolean patient = !wanted && !(properties.probing() && probes.pending());
        Desired desired = ask(wanted ? report : null, support, patient);
        reachable = true;
        wanted = desired.action() == Desired.Action.REPORT;
        if (wanted) {
          probes.sendAll();
        } else {
          probes.sent(support);
        }
        pause = desired.nextSyncMs();
        if (desired.lease() != null) {
          work(desired.lease(), attempts);
          pause = 0;
        } else if (properties.probing() && probes.pending() && !wanted) {
          attempts.probe(probes, folder("tmp"));
          pause = 0;
        }
      } catch (Spool.Full e) {
        log.error("the job is not taken: {}", e.getMessage());
        pause = REFUSED_MS;
      } catch (UncheckedIOException e) {
        log.error(
            "{} cannot be used, so this worker has no results to keep and asks again: {}",
            properties.directory(),
            e.getMessage());
        pause = REFUSED_MS;
      } catch (WorkerToken.Missing | HttpClientErrorException e) {
        log.error("this worker is refused, or has no token, and asks again: {}", e.getMessage());
        pause = REFUSED_MS;
      } catch (RestClientException e) {
        if (reachable && !stopping()) {
          log.warn("the server cannot be reached and is asked again: {}", e.getMessage());
        }
        reachable = false;
        pause = RETRY_MS;
      }
    }
  }

  private Desired ask(@Nullable HostReport report, List<ModelSupport> support, boolean patient) {
    waiting = Thread.currentThread();
    try {
      return server.idle(report, support, patient);
    } finally {
      waiting = null;
    }
  }

  /** Whoever could not tell how an attempt ended must not take one. */
  private boolean roomy() {
    try {
      spools.requireRoom();
      roomy = true;
    } catch (IOException e) {
      if (roomy) {
        log.error(
            "there is no room in {}, so this worker asks for no work until there is: {}",
            properties.directory(),
            e.getMessage());
      }
      roomy = false;
    }
    return roomy;
  }

  /** What is logged meanwhile carries the ids, for those who collect logs as JSON. */
  private void work(Lease lease, Attempts attempts) throws InterruptedException {
    try (var _ = MDC.putCloseable("run", lease.job().run().toString());
        var _ = MDC.putCloseable("job", lease.job().job().toString());
        var _ = MDC.putCloseable("attempt", String.valueOf(lease.fence()))) {
      workOn(lease, attempts);
    }
  }

  private void workOn(Lease lease, Attempts attempts) throws InterruptedException {
    Spool spool = spools.begin(lease);
    Path folder = folder("tmp").resolve(String.valueOf(lease.fence()));
    try {
      if (!acknowledge(lease)) {
        spool.drop();
        return;
      }
      Completion completion = measure(lease, attempts, spool, folder);
      keep(lease, spool, completion);
      handOver.of(lease, spool, completion);
    } catch (Stopped e) {
      spools.reject(spool, "the attempt has ended without this worker");
    } catch (RestClientException e) {
      spool.drop();
      throw e;
    } finally {
      FileSystemUtils.deleteRecursively(folder.toFile());
    }
  }

  /**
   * Nothing starts before the server knows that the lease has arrived. When its answer got lost it
   * is asked again, as long as the lease lives.
   */
  private boolean acknowledge(Lease lease) throws InterruptedException {
    long begun = System.nanoTime();
    while (true) {
      try {
        Desired desired = server.busy(lease.fence(), State.PREPARING, null);
        return desired.action() == Desired.Action.CONTINUE;
      } catch (ResourceAccessException | HttpServerErrorException e) {
        long waitedMs = (System.nanoTime() - begun) / 1_000_000;
        if (waitedMs > lease.ttlMs() || stopped.await(RETRY_MS, TimeUnit.MILLISECONDS)) {
          throw e;
        }
      }
    }
  }

  private Completion measure(Lease lease, Attempts attempts, Spool spool, Path folder)
      throws Stopped {
    try (Contact calls =
        new Contact(server, lease, spool, journal::killAll, System::nanoTime, timer)) {
      contact = calls;
      if (stopping()) {
        calls.stop(Stopped.Why.STOPPING);
      }
      return attempts.run(lease, spool, calls, folder);
    } finally {
      contact = null;
    }
  }

  /** An end that cannot be kept is handed over all the same; only a kill would lose it. */
  private static void keep(Lease lease, Spool spool, Completion completion) {
    try {
      spool.end(completion);
    } catch (Spool.Full | UncheckedIOException e) {
      log.warn("fence={} its end is not on disk: {}", lease.fence(), e.getMessage());
    }
  }
}
