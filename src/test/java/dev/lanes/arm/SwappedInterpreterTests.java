package dev.lanes.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.Outcome;
import dev.lanes.interpreter.Interpreters;
import dev.lanes.protocol.JobSpec.CellSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another program takes the name of an interpreter after the worker has looked at it. */
class SwappedInterpreterTests {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private TestArms arms;
  private Path python;

  @BeforeEach
  void copyThePythonThatLanesBrings() throws IOException {
    arms = new TestArms(folder);
    Path original = Path.of(TestArms.bundled().executable());
    Path environment = folder.resolve("environment");
    python = Files.createDirectories(environment.resolve("bin")).resolve("python3");
    Files.copy(original, python, StandardCopyOption.COPY_ATTRIBUTES);
    // All else is that of the original, wherever the executable looks for it.
    try (var others = Files.list(original.resolve("../..").normalize())) {
      for (Path other : others.filter(path -> !path.endsWith("bin")).toList()) {
        Files.createSymbolicLink(environment.resolve(other.getFileName()), other);
      }
    }
  }

  @AfterEach
  void close() {
    arms.close();
  }

  @Test
  void itIsNotStartedAsTheOldBuild() throws Exception {
    ArmCommand command = found(python);
    replace(true);

    var failure = catchThrowableOfType(ArmFailure.class, () -> arms.start(command, PATIENCE));

    assertRefused(failure, command);
  }

  @Test
  void whatIsRunningThenIsNotCounted() throws Exception {
    ArmCommand command = found(python);
    Arm arm = arms.start(command, PATIENCE);
    arm.prepare(null);
    arm.slice(0, 1);
    replace(true);

    var failure = catchThrowableOfType(ArmFailure.class, arm::finish);

    assertRefused(failure, command);
  }

  @Test
  void theSameProgramInstalledOnceMoreIsStillItself() throws Exception {
    ArmCommand command = found(python);
    replace(false);

    Arm arm = arms.start(command, PATIENCE);

    arm.prepare(null);
    arm.finish();
    assertThat(arm.samples()).containsKey("total_seconds");
  }

  @Test
  void aLinkThatIsSetElsewhereIsNotFollowed() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("python3"), python);
    ArmCommand command = found(link);
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("/bin/false"));

    Arm arm = arms.start(command, PATIENCE);

    arm.prepare(null);
    assertThat(command.interpreter().executable()).isEqualTo(python.toRealPath().toString());
    assertThat(arm.environment()).containsEntry("version", command.interpreter().version());
  }

  private void assertRefused(ArmFailure failure, ArmCommand command) throws Exception {
    assertThat(failure).isNotNull();
    assertThat(failure.outcome()).isEqualTo(Outcome.NOT_MEASURED);
    assertThat(failure.reason())
        .contains(python.toRealPath() + " is not " + command.interpreter().id() + " any more")
        .contains("was " + command.interpreter().sha256().substring(0, 12))
        .contains("is " + command.build().replacement().orElseThrow().substring(0, 12))
        .contains("start the worker again");
  }

  private ArmCommand found(Path configured) throws Exception {
    Interpreters interpreters =
        Interpreters.find(
            TestArms.FOLDER, List.of(configured.toString()), TestArms.WORKLOADS, Map.of());
    String real = python.toRealPath().toString();
    Interpreter copy =
        interpreters.all().stream()
            .filter(found -> found.executable().equals(real))
            .findFirst()
            .orElseThrow(() -> new AssertionError(real + " is not in " + interpreters.all()));
    CellSpec cell = TestArms.cell("noop", Map.of(), "sequential");
    return TestArms.commands(interpreters)
        .of(
            new CellSpec(
                cell.id(),
                cell.role(),
                cell.workload(),
                cell.workloadSha256(),
                cell.parameters(),
                cell.tasks(),
                cell.parallelism(),
                cell.model(),
                copy.id()));
  }

  /** By another file under the same name, as package managers do it. */
  private void replace(boolean byAnother) throws IOException {
    Path next = folder.resolve("next");
    Files.copy(python, next, StandardCopyOption.REPLACE_EXISTING);
    if (byAnother) {
      Files.write(next, new byte[] {0}, StandardOpenOption.APPEND);
    }
    assertThat(next.toFile().setExecutable(true)).isTrue();
    Files.move(next, python, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
