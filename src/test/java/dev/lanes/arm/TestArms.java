package dev.lanes.arm;

import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Catalog;
import dev.lanes.catalog.CatalogFiles;
import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.Interpreter.Source;
import dev.lanes.catalog.Workload;
import dev.lanes.interpreter.Interpreters;
import dev.lanes.protocol.JobSpec.CellSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Arms of the bundled CPython with the real harness, each in a folder of its own. */
public final class TestArms implements AutoCloseable {

  /** Shared with the tests of the whole application: unpacking takes longer than all the rest. */
  public static final Path FOLDER = Path.of("target", "test-all-in-one").toAbsolutePath();

  static final List<Path> WORKLOADS =
      List.of(Path.of("src/test/python/workloads").toAbsolutePath());

  private static final Catalog CATALOG = CatalogFiles.load(WORKLOADS);
  private static Interpreters interpreters;

  private final Path folder;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final List<Arm> started = new ArrayList<>();

  TestArms(Path folder) {
    this.folder = folder;
  }

  public static synchronized Interpreters interpreters() {
    if (interpreters == null) {
      try {
        Files.createDirectories(FOLDER);
        interpreters = Interpreters.find(FOLDER, List.of(), WORKLOADS, Map.of());
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return interpreters;
  }

  public static Interpreter bundled() {
    return interpreters().all().stream()
        .filter(interpreter -> interpreter.source() == Source.BUNDLED)
        .findFirst()
        .orElseThrow();
  }

  /** Two tasks on two workers. */
  public static CellSpec cell(String workload, Map<String, Object> parameters, String model) {
    String sha256 = CATALOG.workload(workload).map(Workload::sha256).orElse("unknown");
    return new CellSpec(
        UUID.randomUUID(),
        ArmRole.SUBJECT,
        workload,
        sha256,
        parameters,
        2,
        2,
        model,
        bundled().id());
  }

  public static ArmCommands commands() {
    return commands(interpreters());
  }

  static ArmCommands commands(Interpreters interpreters) {
    return new ArmCommands(CATALOG, interpreters, Map.of());
  }

  public ProcessJournal journal() {
    return new ProcessJournal(folder.resolve("processes"));
  }

  public Arm start(CellSpec cell, Duration limit) throws ArmFailure, IOException {
    return start(commands().of(cell), limit);
  }

  /** Starts an arm of a workload that is a text of the test. */
  public Arm start(String source, Duration limit) throws ArmFailure, IOException {
    ArmCommand noop = commands().of(cell("noop", Map.of(), "sequential"));
    Path file = Files.writeString(folder.resolve("written.py"), source);
    return start(
        new ArmCommand(
            noop.cell(),
            noop.interpreter(),
            noop.build(),
            noop.harness(),
            file,
            noop.model(),
            noop.variant(),
            List.of(),
            null,
            Map.of()),
        limit);
  }

  Arm start(ArmCommand command, Duration limit) throws ArmFailure, IOException {
    Path home = Files.createTempDirectory(folder, "arm");
    Watchdog watchdog = new Watchdog(timer, limit, System::nanoTime);
    ArmStarter starter = new ArmStarter(journal(), watchdog, new AgentTime(), place -> place);
    Arm arm = starter.start(command, home, 1, new Random(1));
    started.add(arm);
    arm.up();
    return arm;
  }

  @Override
  public void close() {
    started.forEach(Arm::close);
    timer.shutdownNow();
  }
}
