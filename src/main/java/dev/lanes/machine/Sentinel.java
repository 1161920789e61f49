package dev.lanes.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Small frozen kernels that tell how fast the host is just now, in a Python process that is parked
 * between readings. Their times judge rounds; no result is ever divided by them.
 */
public final class Sentinel implements AutoCloseable {

  /** A calm host takes 60 ms; one that takes this long does not run the process at all. */
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

  private static final Duration EXIT_LIMIT = Duration.ofSeconds(5);
  private static final int SHOWN_CHARACTERS = 500;
  private static final Pattern GREETING = Pattern.compile("sentinel (\\d+) (\\S+) (\\d+)");

  private final Process process;
  private final BufferedReader lines;
  private final OutputStream requests;
  private final SentinelHistory history;

  private Sentinel(Process process, Path file, String fingerprint) throws IOException {
    this.process = process;
    this.lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.requests = process.getOutputStream();
    Matcher greeting = GREETING.matcher(answer());
    if (!greeting.matches()) {
      throw new IOException("the sentinel does not greet as 'sentinel VERSION PYTHON CORES'");
    }
    this.history = SentinelHistory.open(file, fingerprint, greeting.group());
  }

  /**
   * Median seconds of five repeats of each kernel.
   *
   * @param cpuSeconds one thread computes
   * @param memorySeconds one thread copies more memory than a cache keeps
   * @param parallelSeconds what the first does, on one processor of every core at once
   * @param tokenSeconds a byte goes to another thread and back, 40 times
   */
  public record Reading(
      double cpuSeconds, double memorySeconds, double parallelSeconds, double tokenSeconds) {

    /** Share of the cores' speed that is there when all compute at once: about 1 is good. */
    double parallelEfficiency() {
      return cpuSeconds / parallelSeconds;
    }

    double[] values() {
      return new double[] {cpuSeconds, memorySeconds, parallelSeconds, tokenSeconds};
    }
  }

  /**
   * What the kernels take when this host is calm: the 20th percentile of its history.
   *
   * @param readings how many it stands on
   */
  public record Reference(
      double cpuSeconds,
      double memorySeconds,
      double parallelSeconds,
      double tokenSeconds,
      int readings) {}

  /**
   * Starts the process and lets it warm up.
   *
   * @param command Python, its options and the file, wrapped by the placement of the arms
   * @param history file of earlier readings; made where there is none
   * @param fingerprint of the machine; only its own readings count
   * @throws IOException if it cannot be started or does not greet
   */
  public static Sentinel start(List<String> command, Path history, String fingerprint)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    String path = System.getenv("PATH");
    builder.environment().clear();
    if (path != null) {
      builder.environment().put("PATH", path);
    }
    Process process = builder.start();
    try {
      return new Sentinel(process, history, fingerprint);
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /**
   * Runs the kernels, and adds the reading to the history.
   *
   * @throws IOException if the process has ended or does not answer
   */
  public Reading read() throws IOException {
    requests.write('\n');
    requests.flush();
    String answer = answer();
    Reading reading =
        SentinelHistory.reading(answer)
            .orElseThrow(() -> new IOException("the sentinel answered '%s'".formatted(answer)));
    history.add(reading);
    return reading;
  }

  /**
   * The 20th percentile of each kernel over the history.
   *
   * @throws IllegalStateException if nothing was ever read on this host
   */
  public Reference reference() {
    return history.reference();
  }

  /** Id of the process; another one runs in its place only after another start. */
  public long pid() {
    return process.pid();
  }

  private String answer() throws IOException {
    FutureTask<@Nullable String> line = new FutureTask<>(lines::readLine);
    Thread.ofVirtual().start(line);
    try {
      String text = line.get(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      if (text == null) {
        throw new IOException("the sentinel has ended: " + lastWords());
      }
      return text;
    } catch (TimeoutException e) {
      process.destroyForcibly();
      throw new IOException(
          "the sentinel did not answer in %d s".formatted(ANSWER_LIMIT.toSeconds()), e);
    } catch (ExecutionException e) {
      throw new IOException("the sentinel cannot be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the sentinel ran", e);
    }
  }

  /** It says little, and only when it fails. */
  private String lastWords() throws IOException {
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    String text = said.strip();
    return text.isEmpty()
        ? "it said nothing"
        : text.substring(Math.max(0, text.length() - SHOWN_CHARACTERS));
  }

  /** Ends the process, by the end of its input and else by force. */
  @Override
  public void close() {
    try {
      requests.close();
      if (!process.waitFor(EXIT_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** The readings of a round under the names that its evidence gives them. */
  public static Map<String, Double> named(Reading before, Reading after, Reference reference) {
    Map<String, Double> named = new LinkedHashMap<>();
    named.put("cpu_before_seconds", before.cpuSeconds());
    named.put("cpu_after_seconds", after.cpuSeconds());
    named.put("cpu_reference_seconds", reference.cpuSeconds());
    named.put("memory_before_seconds", before.memorySeconds());
    named.put("memory_after_seconds", after.memorySeconds());
    named.put("memory_reference_seconds", reference.memorySeconds());
    named.put("parallel_before_seconds", before.parallelSeconds());
    named.put("parallel_after_seconds", after.parallelSeconds());
    named.put("parallel_reference_seconds", reference.parallelSeconds());
    named.put(
        "parallel_efficiency", Math.min(before.parallelEfficiency(), after.parallelEfficiency()));
    named.put("token_before_seconds", before.tokenSeconds());
    named.put("token_after_seconds", after.tokenSeconds());
    named.put("token_reference_seconds", reference.tokenSeconds());
    return Map.copyOf(named);
  }
}
