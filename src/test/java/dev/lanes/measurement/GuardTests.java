package dev.lanes.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanes.arm.Guard;
import dev.lanes.arm.Living;
import dev.lanes.arm.ProcessJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the processes of a worker that is killed. */
class GuardTests {

  @TempDir private Path folder;
  private Process worker;

  @AfterEach
  void endWhatATestLeft() {
    if (worker != null) {
      worker.destroyForcibly();
    }
    new ProcessJournal(journal()).killLeftovers();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sequential", "threads", "processes:fork", "processes:spawn"})
  void nothingOutlivesAKilledWorker(String model) throws Exception {
    long guard = startHanging(model);
    long arm = arm();

    worker.destroyForcibly().waitFor();

    assertThat(Living.soon(() -> !Living.is(guard))).isTrue();
    assertThat(Living.soon(() -> members(arm).isEmpty())).isTrue();
  }

  @Test
  void sharedMemoryOfAKilledWorkersArmGoesToo() throws Exception {
    startHanging("sequential");
    Path block = Path.of("/dev/shm", "lanes-%d-of-a-test".formatted(arm()));
    assumeTrue(Files.isDirectory(block.getParent()), "this system does not show shared memory");
    Files.createFile(block);

    worker.destroyForcibly().waitFor();

    assertThat(Living.soon(() -> Files.notExists(block))).isTrue();
  }

  @Test
  void aSignalToTheWholeGroupOfTheWorkerSparesTheGuard() throws Exception {
    long guard = startHanging("sequential");
    long arm = arm();
    assertThat(groupOf(guard)).isNotEqualTo(groupOf(worker.pid()));

    for (String signal : List.of("INT", "HUP", "TERM")) {
      new ProcessBuilder("kill", "-" + signal, String.valueOf(guard)).start().waitFor();
    }
    worker.destroyForcibly().waitFor();

    assertThat(Living.soon(() -> members(arm).isEmpty())).isTrue();
  }

  @Test
  void goesWhenItIsSentAwayAndKillsNobody() throws Exception {
    Process stranger = new ProcessBuilder("setsid", "sleep", "600").start();
    try {
      new ProcessJournal(journal()).started(stranger.toHandle());
      Guard guard = Guard.start(journal());

      guard.close();

      assertThat(Living.is(guard.pid())).isFalse();
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, false", "0, true"})
  void onlyTheProcessThatWasNotedIsKilled(long otherTicks, boolean killed) throws Exception {
    Process sleeper = new ProcessBuilder("setsid", "sleep", "600").start();
    try {
      assertThat(Living.soon(() -> groupOf(sleeper.pid()) == sleeper.pid())).isTrue();
      Files.writeString(
          journal(),
          "torn\n\n1 0 x\n%d %d 2001-01-01T00:00:00Z\n".formatted(sleeper.pid(), otherTicks));
      Process guard = orphan();

      guard.getOutputStream().close();

      assertThat(guard.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(Living.soon(() -> Living.is(sleeper.pid()) != killed)).isTrue();
    } finally {
      sleeper.destroyForcibly();
    }
  }

  /** A guard whose worker can be made to disappear without disappearing. */
  private Process orphan() throws IOException {
    return Guard.process(journal());
  }

  private Path journal() {
    return folder.resolve("processes");
  }

  /** Returns the id of the guard. */
  private long startHanging(String model) throws IOException {
    worker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                HangingAttempt.class.getName(),
                folder.toString(),
                model)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var lines = worker.inputReader();
    String line = lines.readLine();
    while (line != null && !line.matches("\\d+")) {
      line = lines.readLine(); // what is logged before
    }
    return Long.parseLong(String.valueOf(line));
  }

  /** Leader of the arm, once it hangs. */
  private long arm() throws Exception {
    assertThat(Living.soon(this::hangs)).isTrue();
    long leader = Long.parseLong(Files.readString(journal()).split(" ")[0]);
    assertThat(members(leader)).isNotEmpty();
    return leader;
  }

  private boolean hangs() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.anyMatch(file -> file.endsWith("hangs"));
    } catch (IOException | UncheckedIOException e) {
      return false; // a folder came or went meanwhile
    }
  }

  private static List<Long> members(long group) {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> Living.is(pid) && groupOf(pid) == group)
        .toList();
  }

  /** Field 5 of /proc/pid/stat; 0 for one that has ended. */
  private static long groupOf(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
      return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[2]);
    } catch (IOException e) {
      return 0;
    }
  }
}
