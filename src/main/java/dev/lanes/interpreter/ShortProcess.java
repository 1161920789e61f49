package dev.lanes.interpreter;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/**
 * A process that nobody trusts: it gets an environment built from nothing, an empty folder, no
 * input and a time limit, and no more than the start of its output is read.
 */
final class ShortProcess {

  private static final int OUTPUT_BYTES = 1 << 16;
  private static final Duration AFTER_END = Duration.ofSeconds(5);

  /**
   * @param exitCode as Java gives it: 128 + n when signal n ended the process
   * @param timedOut whether the process was killed at its limit
   * @param output the start of what it printed
   * @param errors the start of what it wrote to stderr
   */
  record Ended(int exitCode, boolean timedOut, String output, String errors) {

    boolean succeeded() {
      return exitCode == 0 && !timedOut;
    }

    /** What went wrong, in one line: the last of stderr, where Python and the loader say it. */
    String failure() {
      if (timedOut) {
        return "it did not end in time and was killed";
      }
      String[] lines = errors.strip().split("\\R");
      String said = lines[lines.length - 1].strip();
      return "it ended with exit code %d%s".formatted(exitCode, said.isEmpty() ? "" : ": " + said);
    }
  }

  private ShortProcess() {}

  /**
   * Runs a command to its end or to the limit, whichever comes first; at the limit it is killed
   * with what it started.
   *
   * @throws IOException if it cannot be started
   */
  static Ended run(List<String> command, Duration limit) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("lanes-");
    try {
      var builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment(folder));
      builder.redirectInput(Redirect.from(new File("/dev/null")));
      return await(builder.start(), limit);
    } finally {
      FileSystemUtils.deleteRecursively(folder);
    }
  }

  private static Map<String, String> environment(Path folder) {
    return Map.of(
        "PATH", "/usr/bin:/bin", "HOME", folder.toString(), "LC_ALL", "C.UTF-8", "TZ", "UTC");
  }

  private static Ended await(Process process, Duration limit) throws InterruptedException {
    try {
      var output = startOf(process, process.getInputStream());
      var errors = startOf(process, process.getErrorStream());
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        kill(process);
      }
      int exitCode = process.waitFor();
      return new Ended(exitCode, !ended, text(output), text(errors));
    } finally {
      // Not after its end: Java would throw away what it printed last.
      if (process.isAlive()) {
        kill(process);
      }
    }
  }

  private static CompletableFuture<byte[]> startOf(Process process, InputStream in) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            byte[] bytes = in.readNBytes(OUTPUT_BYTES);
            if (bytes.length == OUTPUT_BYTES) {
              kill(process);
            }
            return bytes;
          } catch (IOException e) {
            return new byte[0];
          }
        },
        Thread::startVirtualThread);
  }

  private static String text(CompletableFuture<byte[]> bytes) {
    // A grandchild that left the process tree may keep the pipe open for ever.
    return new String(
        bytes.completeOnTimeout(new byte[0], AFTER_END.toMillis(), TimeUnit.MILLISECONDS).join(),
        StandardCharsets.UTF_8);
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
