package dev.lanes.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.lanes.catalog.Interpreter.Source;
import dev.lanes.interpreter.Interpreters;
import dev.lanes.machine.Sentinel.Reading;
import dev.lanes.machine.Sentinel.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentinelTests {

  private static final String KERNELS = "sentinel 1 3.14.3 2";

  /** Shared with other tests: unpacking takes longer than all the rest. */
  private static final Path FOLDER = Path.of("target", "test-all-in-one").toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void readsAndRemembers() throws Exception {
    Path file = folder.resolve("history");
    ProcessHandle process;
    Reading first;
    try (Sentinel sentinel = Sentinel.start(command(), file, "host-a")) {
      process = ProcessHandle.of(sentinel.pid()).orElseThrow();
      first = sentinel.read();
      assertThat(Arrays.stream(first.values()).boxed()).allMatch(seconds -> seconds < 60);
      assertThat(sentinel.reference())
          .isEqualTo(
              new Reference(
                  first.cpuSeconds(),
                  first.memorySeconds(),
                  first.parallelSeconds(),
                  first.tokenSeconds(),
                  1));
    }
    assertThat(process.isAlive()).isFalse();

    try (Sentinel again = Sentinel.start(command(), file, "host-a");
        Sentinel other = Sentinel.start(command(), file, "host-b")) {
      assertThat(again.reference().cpuSeconds()).isEqualTo(first.cpuSeconds());
      assertThatIllegalStateException()
          .isThrownBy(other::reference)
          .withMessageContaining("has no reading of this host");
    }
  }

  @Test
  void aProcessThatIsNoSentinelIsRefused() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Sentinel.start(List.of("true"), folder.resolve("h"), "host"))
        .withMessageContaining("the sentinel has ended: it said nothing");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Sentinel.start(List.of("cat", "/no/such"), folder.resolve("h"), "host"))
        .withMessageContaining("/no/such");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Sentinel.start(List.of("echo", "hello"), folder.resolve("h"), "host"))
        .withMessageContaining("does not greet");
  }

  @Test
  void aKilledSentinelIsAnErrorAndNoReading() throws Exception {
    try (Sentinel sentinel = Sentinel.start(command(), folder.resolve("h"), "host")) {
      ProcessHandle process = ProcessHandle.of(sentinel.pid()).orElseThrow();
      process.destroyForcibly();
      process.onExit().join();

      assertThatExceptionOfType(IOException.class).isThrownBy(sentinel::read);
    }
    assertThat(folder.resolve("h")).doesNotExist();
  }

  @Test
  void theReferenceIsTheTwentiethPercentile() throws Exception {
    SentinelHistory history = SentinelHistory.open(folder.resolve("h"), "host", KERNELS);
    for (int i = 21; i >= 1; i--) {
      history.add(new Reading(i, 10 * i, 100 * i, 1000 * i));
    }

    assertThat(history.reference()).isEqualTo(new Reference(5, 50, 500, 5000, 21));
    assertThat(SentinelHistory.open(folder.resolve("h"), "host", KERNELS).reference())
        .isEqualTo(history.reference());
  }

  @Test
  void otherKernelsBeginAnotherHistory() throws Exception {
    Path file = folder.resolve("h");
    SentinelHistory.open(file, "host", KERNELS).add(new Reading(1, 1, 1, 1));

    for (String kernels :
        List.of("sentinel 2 3.14.3 2", "sentinel 1 3.15.0 2", "sentinel 1 3.14.3 4")) {
      assertThatIllegalStateException()
          .isThrownBy(() -> SentinelHistory.open(file, "host", kernels).reference());
    }
  }

  @Test
  void aTornLineIsPassedOverAndSwallowsNothing() throws Exception {
    Path file = folder.resolve("h");
    SentinelHistory.open(file, "host", KERNELS).add(new Reading(1, 1, 1, 1));
    String line = Files.readString(file);
    Files.writeString(file, line.substring(0, line.length() - 5), StandardOpenOption.APPEND);
    SentinelHistory.open(file, "host", KERNELS).add(new Reading(1, 1, 1, 1));

    assertThat(SentinelHistory.open(file, "host", KERNELS).reference().readings()).isEqualTo(2);
  }

  @Test
  void theFileDoesNotGrowForEver() throws Exception {
    Path file = folder.resolve("h");
    SentinelHistory history = SentinelHistory.open(file, "host", KERNELS);
    for (int i = 0; i < 2100; i++) {
      history.add(new Reading(i < 1100 ? 1 : 2, 1, 1, 1));
    }

    Reference reference = SentinelHistory.open(file, "host", KERNELS).reference();

    assertThat(Files.readAllLines(file)).hasSize(1000);
    assertThat(reference.readings()).isEqualTo(1000);
    assertThat(reference.cpuSeconds()).isEqualTo(2);
  }

  @Test
  void whatIsNoReadingIsNone() {
    for (String text : List.of("", "1 2 3", "1 2 3 x", "1 2 3 0", "1 2 3 NaN", "1 2 3 -4")) {
      assertThat(SentinelHistory.reading(text)).as(text).isEmpty();
    }
  }

  @Test
  void everyReadingHasItsName() {
    var named =
        Sentinel.named(
            new Reading(1, 2, 1.25, 4), new Reading(1, 2, 2, 4), new Reference(1, 2, 3, 4, 20));

    assertThat(named)
        .hasSize(13)
        .containsEntry("cpu_before_seconds", 1.0)
        .containsEntry("memory_reference_seconds", 2.0)
        .containsEntry("token_after_seconds", 4.0)
        .containsEntry("parallel_reference_seconds", 3.0);
    assertThat(named.get("parallel_efficiency")).as("the worse one").isEqualTo(0.5, within(1e-12));
  }

  private static List<String> command() throws IOException, InterruptedException {
    Interpreters interpreters = Interpreters.find(FOLDER, List.of(), List.of(), Map.of());
    String python =
        interpreters.all().stream()
            .filter(interpreter -> interpreter.source() == Source.BUNDLED)
            .findFirst()
            .orElseThrow()
            .executable();
    return List.of(python, "-I", interpreters.sentinel().toString());
  }
}
