package dev.lanes.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** pyperf itself, in a virtual environment that is kept between builds. */
final class RealPyperf {

  private static final String VERSION = "2.10.0";
  private static final Path FOLDER = Path.of("target", "pyperf-" + VERSION).toAbsolutePath();
  private static final Path PYTHON = FOLDER.resolve("bin/python");

  /** Tells of each benchmark what pyperf says itself. */
  private static final String TELL =
      """
      import json, statistics, sys, pyperf
      told = []
      for benchmark in pyperf.BenchmarkSuite.load(sys.argv[1]):
          runs = [run for run in benchmark.get_runs() if run.values]
          told.append({
              "name": benchmark.get_name(),
              "processes": len(runs),
              "values": benchmark.get_nvalue(),
              "warm_ups": sum(len(run.warmups) for run in benchmark.get_runs()),
              "median": statistics.median(statistics.fmean(run.values) for run in runs),
              "metadata": benchmark.get_metadata(),
          })
      print(json.dumps(told))
      """;

  private RealPyperf() {}

  /** Installs it; the test is skipped where it cannot be had, except where CI promises it. */
  static synchronized void need() throws Exception {
    if (Files.exists(FOLDER.resolve("finished"))) {
      return;
    }
    String failed = "";
    try {
      run(List.of("python3", "-m", "venv", "--clear", FOLDER.toString()));
      run(List.of(PYTHON.toString(), "-m", "pip", "install", "--quiet", "pyperf==" + VERSION));
      Files.createFile(FOLDER.resolve("finished"));
    } catch (IOException e) {
      failed = String.valueOf(e.getMessage());
    }
    if (System.getenv("CI") != null) {
      assertThat(failed).as("installing pyperf").isEmpty();
    }
    Assumptions.assumeTrue(failed.isEmpty(), "pyperf cannot be installed here: " + failed);
  }

  /** What {@code python -m pyperf …} prints. */
  static String call(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(PYTHON.toString(), "-m", "pyperf"));
    command.addAll(List.of(arguments));
    return run(command);
  }

  /** What pyperf says of the benchmarks of a file. */
  static JsonNode tell(Path file) throws Exception {
    return JsonMapper.shared()
        .readTree(run(List.of(PYTHON.toString(), "-c", TELL, file.toString())));
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException("%s failed: %s".formatted(String.join(" ", command), output));
    }
    return output;
  }
}
