package dev.lanes.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.catalog.CatalogFiles;
import dev.lanes.catalog.ExecutionModel;
import dev.lanes.catalog.ModelSupport;
import dev.lanes.catalog.ModelSupport.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelProbeTests {

  private static final String MODEL =
      """
      import atexit, os, time
      from lanes.task import Failure, Worker

      def load():
          %s

      class Model:
          def __init__(self, *, workload_path, parameters, **others):
              self.worker = Worker(workload_path, parameters)

          def create(self):
              %s

          def run(self, arguments, on_first=None):
              results = [self.worker.run(argument) for argument in arguments]
              if on_first:
                  on_first()
              return results

          def destroy(self):
              pass

      atexit.register(lambda: %s)
      """;

  @TempDir private Path folder;
  private ScheduledExecutorService timer;
  private Watchdog watchdog;
  private ModelProbe probe;

  @BeforeEach
  void open() {
    timer = Executors.newSingleThreadScheduledExecutor();
    watchdog = new Watchdog(timer, Duration.ofSeconds(20), System::nanoTime);
    probe = probe(watchdog);
  }

  private ModelProbe probe(Watchdog watchdog) {
    ProcessJournal journal = new ProcessJournal(folder.resolve("processes"));
    return new ModelProbe(
        CatalogFiles.load(List.of()),
        TestArms.commands(),
        new ArmStarter(journal, watchdog, new AgentTime(), place -> place),
        folder.resolve("probes"));
  }

  @AfterEach
  void close() {
    watchdog.close();
    timer.shutdownNow();
  }

  @Test
  void everyModelOnTheBundledInterpreterIsSupportedOrSaysWhyNot() {
    for (ExecutionModel model : CatalogFiles.load(List.of()).models()) {
      ModelSupport found = probe.probe(TestArms.bundled(), model);

      assertThat(found.verdict())
          .as("%s: %s", model.id(), found.reason())
          .isIn(Verdict.SUPPORTED, Verdict.UNSUPPORTED);
    }
  }

  @Test
  void aModelThatRunsIsSupported() throws Exception {
    assertThat(verdict(written("pass", "pass", "None"))).isEqualTo(Verdict.SUPPORTED);
  }

  @Test
  void aModelThatLacksSomethingSaysSo() throws Exception {
    var found = found(written("raise Failure('unsupported', 'needs more', '')", "pass", "None"));

    assertThat(found).isEqualTo(new ModelProbe.Found(Verdict.UNSUPPORTED, "needs more"));
  }

  @Test
  void anImportThatFailsInAWorkerIsAnImportError() throws Exception {
    assertThat(verdict(written("pass", "import no_such_module", "None")))
        .isEqualTo(Verdict.IMPORT_ERROR);
  }

  @Test
  void aProcessThatDiesBeforeItsResultCrashes() throws Exception {
    var found = found(written("pass", "os.abort()", "None"));

    assertThat(found.verdict()).isEqualTo(Verdict.CRASH_IMPORT);
    assertThat(found.reason()).contains("SIGABRT");
  }

  @Test
  void aProcessThatDiesAfterItsLastResultCrashesAtTeardown() throws Exception {
    var found = found(written("pass", "pass", "os.abort()"));

    assertThat(found.verdict()).isEqualTo(Verdict.CRASH_TEARDOWN);
    assertThat(found.reason()).contains("SIGABRT");
  }

  @Test
  void aProcessThatNeverAnswersHangs() throws Exception {
    try (Watchdog impatient = new Watchdog(timer, Duration.ofMillis(500), System::nanoTime)) {
      var found = probe(impatient).run(written("pass", "time.sleep(600)", "None"), home());

      assertThat(found.verdict()).isEqualTo(Verdict.HANG);
    }
  }

  private Verdict verdict(ArmCommand command) throws IOException {
    return found(command).verdict();
  }

  private ModelProbe.Found found(ArmCommand command) throws IOException {
    return probe.run(command, home());
  }

  private Path home() throws IOException {
    return Files.createTempDirectory(folder, "home");
  }

  private ArmCommand written(String load, String create, String exit) throws Exception {
    ArmCommand noop = TestArms.commands().of(TestArms.cell("noop", Map.of(), "sequential"));
    Path file =
        Files.writeString(folder.resolve("written.py"), MODEL.formatted(load, create, exit));
    return new ArmCommand(
        noop.cell(),
        noop.interpreter(),
        noop.build(),
        noop.harness(),
        noop.workload(),
        file,
        null,
        List.of(),
        null,
        Map.of());
  }
}
