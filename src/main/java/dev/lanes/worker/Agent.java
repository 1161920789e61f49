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
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.json.JsonMapper;

/** The loop of a worker: asks for work, does it, hands it over. One thing at a time. */
final class Agent implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(Agent.class);
  private static final long RETRY_MS = 2_000;
  private static final long REFUSED_MS = 15_000;

  private final WorkerProperties properties;
  private final WorkloadFolders workloads;
  private final Catalog catalog;
  private final ServerLink server;
  private final JsonMapper json;
  private final ProcessJournal journal;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(2, Thread.ofPlatform().daemon().name("timer-", 0).factory());
  private volatile @Nullable Contact contact;
  private volatile @Nullable Thread waiting;
  private boolean reachable = true;

  Agent(
      WorkerProperties properties,
      WorkloadFolders workloads,
      Catalog catalog,
      ServerLink server,
      JsonMapper json) {
    this.properties = properties;
    this.workloads = workloads;
    this.catalog = catalog;
    this.server = server;
    this.json = json;
    this.journal = new ProcessJournal(properties.directory().resolve("processes"));
  }

  @Override
  public void run() {
    try {
      Files.createDirectories(properties.directory());
      journal.killLeftovers();
      HostTuning.restore(Path.of("/"), properties.tuningJournal());
      FileSystemUtils.deleteRecursively(folder("spool").toFile());
      FileSystemUtils.deleteRecursively(folder("tmp").toFile());
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
      } catch (WorkerToken.Missing | HttpClientErrorException | UncheckedIOException e) {
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

  private void work(Lease lease, Attempts attempts) throws InterruptedException {
    Spool spool = new Spool(folder("spool"), lease.fence(), json);
    Path folder = folder("tmp").resolve(String.valueOf(lease.fence()));
    try {
      // Nothing starts before the server knows that the lease has arrived.
      if (server.busy(lease.fence(), State.PREPARING, null).action() != Desired.Action.CONTINUE) {
        return;
      }
      Completion completion = measure(lease, attempts, spool, folder);
      handOver(lease, spool, completion);
      log.info("fence={} {} and handed over", lease.fence(), completion.outcome());
    } catch (Stopped e) {
      log.warn("fence={} has ended without this worker; its results are dropped", lease.fence());
    } finally {
      FileSystemUtils.deleteRecursively(folder.toFile());
      spool.drop();
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

  /** Repeats until the server has everything, or the attempt has ended without us. */
  private void handOver(Lease lease, Spool spool, Completion completion)
      throws Stopped, InterruptedException {
    while (true) {
      try {
        server.upload(spool, lease);
        server.complete(lease, completion);
        return;
      } catch (HttpClientErrorException.BadRequest
          | HttpClientErrorException.UnprocessableContent
          | HttpClientErrorException.NotFound e) {
        // The same bytes would be refused for ever; the server hears that nobody works on it.
        log.error("fence={} the server refuses the results: {}", lease.fence(), e.getMessage());
        throw new Stopped(Stopped.Why.ABANDONED);
      } catch (RestClientException e) {
        log.warn(
            "fence={} results wait for the server and are sent again: {}",
            lease.fence(),
            e.getMessage());
        if (stopped.await(RETRY_MS, TimeUnit.MILLISECONDS)) {
          throw new Stopped(Stopped.Why.STOPPING);
        }
      }
    }
  }
}
