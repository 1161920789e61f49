package dev.lanes.worker;

import dev.lanes.arm.AgentTime;
import dev.lanes.arm.ArmCommands;
import dev.lanes.arm.ArmStarter;
import dev.lanes.arm.Guard;
import dev.lanes.arm.ModelProbe;
import dev.lanes.arm.ProcessJournal;
import dev.lanes.arm.Watchdog;
import dev.lanes.catalog.Catalog;
import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.Interpreter.Source;
import dev.lanes.interpreter.Interpreters;
import dev.lanes.machine.HostTuning;
import dev.lanes.machine.Machine;
import dev.lanes.measurement.Calibrations;
import dev.lanes.measurement.GroupTools;
import dev.lanes.measurement.Stopped;
import dev.lanes.protocol.Completion;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.Lease;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out attempts, one at a time: each with a guard beside it, on a host that is tuned if so
 * asked and checked before and after.
 */
final class Attempts {

  private static final Logger log = LoggerFactory.getLogger(Attempts.class);

  /** The load average of one minute has lost all but a twentieth of what was before. */
  private static final Duration LOAD_FADES = Duration.ofMinutes(3);

  /** A run that is submitted meanwhile waits no longer than this for its worker. */
  private static final Duration PROBING = Duration.ofSeconds(1);

  /** Of tasks that do nothing: a model that needs longer hangs. */
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(20);

  private final WorkerProperties properties;
  private final Machine machine;
  private final Catalog catalog;
  private final Interpreters interpreters;
  private final ProcessJournal journal;
  private final ScheduledExecutorService timer;
  private final LongSupplier nanoTime = System::nanoTime;
  private boolean measured;
  private long lastMeasured;

  Attempts(
      WorkerProperties properties,
      Machine machine,
      Catalog catalog,
      Interpreters interpreters,
      ProcessJournal journal,
      ScheduledExecutorService timer) {
    this.properties = properties;
    this.machine = machine;
    this.catalog = catalog;
    this.interpreters = interpreters;
    this.journal = journal;
    this.timer = timer;
  }

  /**
   * Measures a job into a spool.
   *
   * @param folder where processes get their folders
   * @return how the attempt ended
   * @throws Stopped if it ended without this worker
   */
  Completion run(Lease lease, Spool spool, Contact contact, Path folder) throws Stopped {
    try (Guard _ = Guard.start(journal.file());
        Watchdog watchdog = new Watchdog(timer, properties.phaseLimit(), nanoTime);
        HostTuning tuning = tuning()) {
      HostWatch host =
          new HostWatch(
              machine,
              tuning,
              properties.control().readings(),
              sentinel(),
              properties.directory().resolve("sentinel"),
              measured && nanoTime.getAsLong() - lastMeasured < LOAD_FADES.toNanos());
      GroupTools tools =
          new GroupTools(
              new ArmCommands(catalog, interpreters, properties.services()),
              new ArmStarter(journal, watchdog, new AgentTime(), command -> command),
              new Calibrations(
                  properties.directory().resolve("calibrations"), machine.fingerprint()),
              group -> host.site(group, lease.job().cores()),
              folder,
              nanoTime);
      return run(new Attempt(lease, tools, spool, contact, host), lease, spool, contact, host);
    } catch (RuntimeException e) {
      log.error("fence={} cannot be measured here; the server gives it away", lease.fence(), e);
      return ended(AttemptOutcome.INFRA_ERROR, spool, String.valueOf(e.getMessage()), Map.of());
    }
  }

  /** A moment at which nothing is measured: finds out about some models. */
  void probe(SupportProbes probes, Path folder) {
    long end = nanoTime.getAsLong() + PROBING.toNanos();
    try (Guard _ = Guard.start(journal.file());
        Watchdog watchdog = new Watchdog(timer, PROBE_LIMIT, nanoTime)) {
      ModelProbe probe =
          new ModelProbe(
              catalog,
              new ArmCommands(catalog, interpreters, properties.services()),
              new ArmStarter(journal, watchdog, new AgentTime(), command -> command),
              folder);
      while (probes.pending() && nanoTime.getAsLong() < end) {
        probes.next(probe);
      }
    }
  }

  private Completion run(Attempt attempt, Lease lease, Spool spool, Contact contact, HostWatch host)
      throws Stopped {
    try {
      contact.heed();
      Optional<String> refusal = host.preflight();
      if (refusal.isPresent()) {
        log.warn("fence={} {}", lease.fence(), refusal.get());
        return ended(AttemptOutcome.INFRA_ERROR, spool, refusal.get(), attempt.session());
      }
      attempt.run();
      return ended(AttemptOutcome.SUCCEEDED, spool, null, attempt.session());
    } catch (Stopped e) {
      return switch (e.why()) {
        case CANCELLED -> ended(AttemptOutcome.CANCELLED, spool, "cancelled", attempt.session());
        case STOPPING ->
            ended(AttemptOutcome.INFRA_ERROR, spool, "the worker was stopped", attempt.session());
        case ABANDONED -> throw e;
      };
    } catch (Spool.Full e) {
      log.warn("fence={} {}", lease.fence(), e.getMessage());
      return ended(AttemptOutcome.INFRA_ERROR, spool, e.getMessage(), attempt.session());
    } catch (RuntimeException e) {
      log.error("fence={} cannot be measured here; the server gives it away", lease.fence(), e);
      return ended(
          AttemptOutcome.INFRA_ERROR, spool, String.valueOf(e.getMessage()), attempt.session());
    } finally {
      measured = true;
      lastMeasured = nanoTime.getAsLong();
    }
  }

  private static Completion ended(
      AttemptOutcome outcome, Spool spool, @Nullable String reason, Map<String, Object> session) {
    return new Completion(outcome, spool.size(), reason, session);
  }

  /** Untuned, figures are what they are on such a host; only the journal must be writable. */
  private HostTuning tuning() {
    if (!properties.tuning()) {
      return HostTuning.none();
    }
    try {
      return HostTuning.apply(Path.of("/"), properties.tuningJournal());
    } catch (IOException e) {
      log.warn("the host is not tuned: {} cannot be written", properties.tuningJournal(), e);
      return HostTuning.none();
    }
  }

  /** On the bundled interpreter, which is the same on every host; else on the newest. */
  private List<String> sentinel() {
    return interpreters.all().stream()
        .filter(Interpreter::usable)
        .min(
            Comparator.comparing((Interpreter found) -> found.source() != Source.BUNDLED)
                .thenComparing(Interpreter::id, Comparator.reverseOrder()))
        .map(found -> List.of(found.executable(), "-I", interpreters.sentinel().toString()))
        .orElse(List.of());
  }
}
