package dev.lanes.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.Interpreter.Source;
import dev.lanes.catalog.Outcome;
import dev.lanes.protocol.JobSpec.CellSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes of the bundled CPython, in good and in bad days. */
class ArmTests {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofSeconds(2);

  @TempDir private Path folder;
  private TestArms arms;

  @BeforeEach
  void open() {
    arms = new TestArms(folder);
  }

  @AfterEach
  void close() {
    arms.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sequential", "threads", "subinterpreters", "processes:spawn"})
  void measuresItsPhasesAndSlices(String model) throws Exception {
    Arm arm = arms.start(TestArms.cell("pi", Map.of("digits", 20), model), PATIENCE);

    arm.prepare(null);
    Arm.Slice slice = arm.slice(0, 3);
    arm.finish();

    assertThat(slice.seconds()).isPositive();
    assertThat(arm.samples())
        .containsKeys("import_seconds", "create_seconds", "first_result_seconds")
        .containsKeys("cold_batch_seconds", "teardown_seconds", "total_seconds");
    assertThat(arm.samples().values()).allSatisfy(value -> assertThat(value).isNotNegative());
    assertThat(arm.environment()).containsEntry("version", TestArms.bundled().version());
    assertThat(arm.environment()).doesNotContainKeys("nonce", "event");
  }

  @ParameterizedTest
  @CsvSource({
    "crash, CRASHED, , SIGSEGV",
    "exit, CRASHED, 7,",
    "wrong, WRONG_RESULT, 1,",
    "raise, EXCEPTION, 1,"
  })
  void aFaultIsAnOutcomeWithItsEvidence(
      String fault, Outcome outcome, Integer exitCode, String signal) throws Exception {
    ArmFailure failure = failure(misbehaving(fault, "sequential"), PATIENCE);

    assertThat(failure.outcome()).isEqualTo(outcome);
    assertThat(failure.reason()).isNotBlank();
    assertThat(failure.evidence().exitCode()).isEqualTo(exitCode);
    assertThat(failure.evidence().exitSignal()).isEqualTo(signal);
  }

  @ParameterizedTest
  @CsvSource({
    "crash, CRASHED, SIGSEGV",
    "exit, CRASHED, status 7",
    "wrong, WRONG_RESULT, task 0: got",
    "raise, EXCEPTION, told to raise"
  })
  void aFaultOfAWorkerProcessIsTheArmsToo(String fault, Outcome outcome, String reason)
      throws Exception {
    ArmFailure failure = failure(misbehaving(fault, "processes:fork"), PATIENCE);

    assertThat(failure.outcome()).isEqualTo(outcome);
    assertThat(failure.reason()).contains(reason);
  }

  @Test
  void anExceptionBringsItsTraceback() throws Exception {
    ArmFailure failure = failure(misbehaving("raise", "sequential"), PATIENCE);

    assertThat(failure.evidence().traceback())
        .contains("misbehave.py", "ValueError: the task was told to raise");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sequential", "processes:fork"})
  void whatHangsIsKilledWithEverythingItStarted(String model) throws Exception {
    Arm arm = arms.start(misbehaving("hang", model), SHORT);
    long started = System.nanoTime();

    var failure = catchThrowableOfType(ArmFailure.class, () -> arm.prepare(null));

    assertThat(failure.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(failure.reason()).isEqualTo("no answer within 2 s, so it was killed");
    assertThat(failure.evidence().exitSignal()).isEqualTo("SIGKILL");
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(PATIENCE);
    String harness = TestArms.FOLDER.resolve("harness").toString();
    assertThat(Living.soon(() -> Living.with(harness).isEmpty())).isTrue();
  }

  @Test
  void aKilledArmLeavesNoSharedMemory() throws Exception {
    Arm arm =
        arms.start(TestArms.cell("doubles", Map.of(), "processes:fork-shared-memory"), PATIENCE);
    arm.prepare(null);
    String prefix = "lanes-%s-".formatted(arm.environment().get("pid"));
    assertThat(sharedMemory(prefix)).isNotEmpty();

    arm.close();

    assertThat(sharedMemory(prefix)).isEmpty();
  }

  private static List<String> sharedMemory(String prefix) {
    String[] names = Path.of("/dev/shm").toFile().list();
    assumeTrue(names != null, "this system does not show its shared memory");
    return Arrays.stream(names).filter(name -> name.startsWith(prefix)).toList();
  }

  @Test
  void aFloodOfOutputStopsNothingAndIsNotAnAnswer() throws Exception {
    Arm arm = arms.start(misbehaving("flood", "sequential"), PATIENCE);

    arm.prepare(null);
    arm.slice(0, 1);
    arm.finish();

    assertThat(arm.samples()).containsKey("total_seconds");
  }

  @Test
  void theLastWordsOfADyingProcessAreKept() throws Exception {
    Arm arm =
        arms.start(
            """
            import os, sys

            def prepare():
                pass

            def task(state):
                print("to standard output")
                sys.stderr.write("x" * 100_000 + "last words\\n")
                sys.stderr.flush()
                os.abort()
            """,
            PATIENCE);

    var failure = catchThrowableOfType(ArmFailure.class, () -> arm.prepare(null));

    assertThat(failure.outcome()).isEqualTo(Outcome.CRASHED);
    assertThat(failure.evidence().exitSignal()).isEqualTo("SIGABRT");
    assertThat(failure.evidence().exitCode()).isNull();
    assertThat(failure.evidence().stderrTail())
        .startsWith("[")
        .contains("bytes before]")
        .contains("last words")
        .hasSizeLessThan(9_000);
  }

  @Test
  void aProcessThatForgesAnEventIsNotBelieved() throws Exception {
    Arm arm =
        arms.start(
            """
            import os

            def prepare():
                pass

            def task(state):
                for descriptor in range(3, 20):
                    try:
                        os.write(descriptor, b'{"event": "ready"}\\n')
                    except OSError:
                        pass
                return 1
            """,
            PATIENCE);

    var failure = catchThrowableOfType(ArmFailure.class, () -> arm.prepare(null));

    assertThat(failure.outcome()).isEqualTo(Outcome.CRASHED);
    assertThat(failure.reason()).contains("without the nonce");
  }

  @Test
  void whatCannotBeImportedSaysWhat() throws Exception {
    ArmFailure failure =
        failure(TestArms.cell("needs-missing-module", Map.of(), "threads"), PATIENCE);

    assertThat(failure.outcome()).isEqualTo(Outcome.IMPORT_ERROR);
    assertThat(failure.reason()).contains("no_such_module");
  }

  @Test
  void anotherVersionOfAWorkloadIsNotMeasured() {
    CellSpec old = TestArms.cell("pi", Map.of("digits", 20), "sequential");
    CellSpec other =
        new CellSpec(
            old.id(),
            old.role(),
            "pi",
            "f".repeat(64),
            old.parameters(),
            1,
            1,
            "sequential",
            "cpython-3.14");

    var failure = catchThrowableOfType(ArmFailure.class, () -> TestArms.commands().of(other));

    assertThat(failure.outcome()).isEqualTo(Outcome.NOT_MEASURED);
    assertThat(failure.reason()).contains("ffffffffffff", "give both the same version");
  }

  @Test
  void anAnchorTakesTheBundledBuildWhateverElseIsOfItsLine() throws Exception {
    Interpreter bundled = TestArms.bundled();
    CellSpec cell = TestArms.cell("anchor", Map.of("work", 1), "sequential");
    Interpreter installed =
        TestArms.interpreters().all().stream()
            .filter(found -> found.usable() && found.source() != Source.BUNDLED)
            .filter(found -> !found.line().equals(bundled.line()))
            .findFirst()
            .orElse(null);
    assumeTrue(installed != null, "there is no Python beside the bundled one");

    assertThat(TestArms.commands().of(anchor(cell, bundled.line())).interpreter())
        .isEqualTo(bundled);
    var failure =
        catchThrowableOfType(
            ArmFailure.class, () -> TestArms.commands().of(anchor(cell, installed.line())));
    assertThat(failure.outcome()).isEqualTo(Outcome.UNSUPPORTED);
    assertThat(failure.reason()).contains("no bundled \"" + installed.line());
  }

  private static CellSpec anchor(CellSpec cell, String line) {
    return new CellSpec(
        cell.id(),
        ArmRole.ANCHOR,
        cell.workload(),
        cell.workloadSha256(),
        cell.parameters(),
        1,
        1,
        "sequential",
        line);
  }

  @Test
  void anInterpreterThatIsNotHereIsUnsupported() {
    CellSpec cell = TestArms.cell("pi", Map.of("digits", 20), "sequential");
    CellSpec other =
        new CellSpec(
            cell.id(),
            cell.role(),
            "pi",
            cell.workloadSha256(),
            Map.of(),
            1,
            1,
            "sequential",
            "pypy-9.9");

    var failure = catchThrowableOfType(ArmFailure.class, () -> TestArms.commands().of(other));

    assertThat(failure.outcome()).isEqualTo(Outcome.UNSUPPORTED);
    assertThat(failure.reason()).isEqualTo("this host has no usable interpreter \"pypy-9.9\"");
  }

  private static CellSpec misbehaving(String fault, String model) {
    return TestArms.cell("misbehave", Map.of("fault", fault), model);
  }

  private ArmFailure failure(CellSpec cell, Duration limit) throws Exception {
    Arm arm = arms.start(cell, limit);
    return catchThrowableOfType(ArmFailure.class, () -> arm.prepare(null));
  }
}
