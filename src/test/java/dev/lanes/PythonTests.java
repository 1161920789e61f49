package dev.lanes;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.Interpreter.Source;
import dev.lanes.interpreter.Interpreters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The tests of the Python side, once with each line of interpreters. */
class PythonTests {

  private static final Path FOLDER = Path.of("target", "python-tests").toAbsolutePath();
  private static final String BUNDLED = "cpython-3.14";

  /** The oldest with subinterpreters, the newest without their API, the free-threaded, ours. */
  private static final List<String> USUAL =
      List.of("cpython-3.12", "cpython-3.13", "cpython-3.13t", BUNDLED);

  private static final int SHOWN_LINES = 60;

  @TestFactory
  Stream<DynamicTest> pythonTestsPass() throws Exception {
    Interpreters interpreters =
        Interpreters.find(FOLDER, listed("LANES_WORKER_INTERPRETERS"), List.of(), System.getenv());
    List<String> required = listed("LANES_REQUIRE_INTERPRETERS");
    return lines(interpreters)
        .map(line ->
            dynamicTest(
                line,
                () -> {
                  Optional<Interpreter> python = usable(interpreters, line);
                  if (!line.equals(BUNDLED) && !required.contains(line)) {
                    assumeTrue(
                        python.isPresent(),
                        "there is none; LANES_WORKER_INTERPRETERS could name its path");
                  }
                  assertThat(python).as("interpreter of the line " + line).isPresent();
                  run(python.get());
                }));
  }

  private static Stream<String> lines(Interpreters interpreters) {
    if (!"all".equals(System.getProperty("lanes.python"))) {
      return USUAL.stream();
    }
    // The tests start interpreters without options: a free-threaded one with the GIL is another.
    Stream<String> found =
        interpreters.all().stream()
            .filter(Interpreter::usable)
            .map(Interpreter::line)
            .filter(line -> !line.endsWith("+gil"));
    return Stream.concat(USUAL.stream(), found).distinct();
  }

  /** The bundled one before others of its line: that everybody has it is what is tested. */
  private static Optional<Interpreter> usable(Interpreters interpreters, String line) {
    return interpreters.all().stream()
        .filter(python -> python.usable() && python.source() == Source.BUNDLED)
        .filter(python -> python.line().equals(line))
        .findFirst()
        .or(() -> interpreters.resolve(line));
  }

  private static void run(Interpreter python) throws IOException, InterruptedException {
    Path output = FOLDER.resolve(python.line() + ".log");
    Path home = Files.createDirectories(FOLDER.resolve("home"));
    var command = new ArrayList<>(List.of(python.executable(), "-B"));
    command.addAll(Interpreters.options(python));
    command.addAll(List.of("-m", "unittest", "discover", "-s", "src/test/python"));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of("PATH", System.getenv("PATH"), "HOME", home.toString(), "LC_ALL", "C.UTF-8"));
    Process tests = builder.redirectOutput(output.toFile()).start();
    boolean ended = tests.waitFor(5, MINUTES);
    if (!ended) {
      tests.descendants().forEach(ProcessHandle::destroyForcibly);
      tests.destroyForcibly().waitFor();
    }

    List<String> lines = Files.readAllLines(output);
    List<String> tail = lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
    assertThat(ended && tests.exitValue() == 0)
        .as("%s%n%s".formatted(String.join(" ", command), String.join("\n", tail)))
        .isTrue();
  }

  private static List<String> listed(String variable) {
    return Arrays.stream(System.getenv().getOrDefault(variable, "").split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }
}
