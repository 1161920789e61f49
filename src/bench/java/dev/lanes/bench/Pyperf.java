package dev.lanes.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * pyperf in a virtual environment of its own.
 *
 * @param python program of the environment
 * @param script benchmark of the workload
 * @param workload file with the function
 */
record Pyperf(Path python, Path script, Path workload) {

  private static final String VERSION = "2.10.0";

  /** pyperf cannot be had here; the message says why. */
  static final class Unavailable extends Exception {
    private static final long serialVersionUID = 1;

    Unavailable(String reason) {
      super(reason);
    }
  }

  /** What one call of a benchmark measured. */
  record Run(Path file, double seconds, int loops, double[][] processes) {}

  /** Makes the environment, unless it is there already. */
  static Pyperf install(Path folder, Path interpreter, Path script, Path workload)
      throws IOException, InterruptedException, Unavailable {
    Path environment = folder.resolve("venv-" + VERSION);
    Path python = environment.resolve("bin/python");
    Path finished = environment.resolve("finished");
    if (!Files.exists(finished)) {
      expect(List.of(interpreter.toString(), "-m", "venv", "--clear", environment.toString()));
      expect(List.of(python.toString(), "-m", "pip", "install", "--quiet", "pyperf==" + VERSION));
      Files.createFile(finished);
    }
    return new Pyperf(python, script, workload);
  }

  private static void expect(List<String> command)
      throws IOException, InterruptedException, Unavailable {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = read(process);
    if (process.waitFor() != 0) {
      throw new Unavailable("%s failed: %s".formatted(String.join(" ", command), output.strip()));
    }
  }

  private static String read(Process process) throws IOException {
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /**
   * Runs the benchmark with the defaults of pyperf, or with what is given.
   *
   * @param file that is written
   */
  Run run(int work, Path file, String... more) throws IOException, InterruptedException {
    Files.deleteIfExists(file);
    List<String> command =
        new ArrayList<>(
            List.of(
                python.toString(),
                script.toString(),
                "--quiet",
                "--file",
                workload.toString(),
                "--work",
                String.valueOf(work),
                "-o",
                file.toString()));
    command.addAll(List.of(more));
    long started = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = read(process);
    if (process.waitFor() != 0) {
      throw new IOException("pyperf failed: " + output.strip());
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    JsonNode runs = JsonMapper.shared().readTree(file).path("benchmarks").get(0).path("runs");
    double[][] processes =
        runs.valueStream()
            .filter(run -> run.path("values").size() > 0)
            .map(run -> Lines.numbers(run.path("values")))
            .toArray(double[][]::new);
    return new Run(file, seconds, loops(file), processes);
  }

  private static int loops(Path file) {
    JsonNode root = JsonMapper.shared().readTree(file);
    return root.path("benchmarks")
        .get(0)
        .path("metadata")
        .path("loops")
        .asInt(root.path("metadata").path("loops").asInt(1));
  }

  /** What {@code pyperf compare_to} says of the second: slower, faster or not significant. */
  String verdict(Path first, Path second) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                python.toString(),
                "-m",
                "pyperf",
                "compare_to",
                first.toString(),
                second.toString())
            .redirectErrorStream(true)
            .start();
    String output = read(process);
    if (process.waitFor() != 0) {
      throw new IOException("pyperf compare_to failed: " + output.strip());
    }
    return Arrays.stream(new String[] {"not significant", "no change", "slower", "faster"})
        .filter(output.toLowerCase(Locale.ROOT)::contains)
        .findFirst()
        .orElseThrow(() -> new IOException("pyperf compare_to says: " + output.strip()));
  }
}
