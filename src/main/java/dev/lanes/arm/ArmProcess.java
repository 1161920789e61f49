package dev.lanes.arm;

import dev.lanes.catalog.Evidence;
import dev.lanes.catalog.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The process of an arm, with its group, its pipes and what it leaves when it ends. */
final class ArmProcess {

  private static final Duration EXIT_LIMIT = Duration.ofSeconds(10);

  /** For one that is dying by itself, so that the evidence is its own signal and not ours. */
  private static final Duration DYING = Duration.ofMillis(500);

  private final Process process;
  private final BufferedReader lines;
  private final TailBuffer stderr = new TailBuffer();
  private final Thread drain;
  private volatile boolean timedOut;

  private ArmProcess(Process process) {
    this.process = process;
    this.lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8), 1 << 16);
    this.drain = Thread.ofVirtual().start(() -> stderr.drain(process.getErrorStream()));
  }

  /**
   * Starts the program and notes its group.
   *
   * @param arguments what is started in the end is the command's interpreter
   * @param environment the whole environment
   * @param folder an empty folder for the process alone
   * @throws ArmFailure if it cannot be started here
   */
  static ArmProcess start(
      ArmCommand command,
      List<String> arguments,
      Map<String, String> environment,
      Path folder,
      ProcessJournal journal)
      throws ArmFailure {
    String executable = command.interpreter().executable();
    if (!Files.isExecutable(Path.of(executable))) {
      throw notStarted(executable + " is not there any more, or may not be executed");
    }
    command.requireSameBuild();
    ProcessBuilder builder = new ProcessBuilder(arguments).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw notStarted("%s cannot be started: %s".formatted(executable, e.getMessage()));
    }
    try {
      journal.started(process.toHandle());
    } catch (UncheckedIOException e) {
      process.destroyForcibly();
      throw notStarted("%s: %s".formatted(e.getMessage(), e.getCause()));
    }
    return new ArmProcess(process);
  }

  private static ArmFailure notStarted(String reason) {
    return new ArmFailure(Outcome.NOT_MEASURED, reason, new Evidence(null, null, null, null));
  }

  /** Writes one line to its standard input. */
  void write(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Reads one line; null when there will be none any more. */
  @Nullable String readLine() throws IOException {
    return lines.readLine();
  }

  /** Ends it because a limit was reached. */
  void timeOut() {
    timedOut = true;
    kill();
  }

  boolean timedOut() {
    return timedOut;
  }

  /** Waits until it has ended by itself; false when it has not within ten seconds. */
  boolean ends() {
    return awaitExit(EXIT_LIMIT);
  }

  /**
   * Kills it and everything in its group. One that was only just started may not have its group
   * yet, so it is killed by itself too.
   */
  void kill() {
    if (!timedOut) {
      awaitExit(DYING);
    }
    killNow();
    awaitExit(EXIT_LIMIT);
  }

  /** The same without waiting. */
  void killNow() {
    NativeGroup.kill(process.pid());
    process.destroyForcibly();
    SharedBlocks.remove(process.pid());
  }

  private boolean awaitExit(Duration most) {
    try {
      return process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Exit status; null while it lives and when a signal ended it. */
  @Nullable Integer exitCode() {
    return process.isAlive() || exitSignal() != null ? null : (Integer) process.exitValue();
  }

  /** Name of the signal that ended it; null when none did. */
  @Nullable String exitSignal() {
    return process.isAlive() ? null : Signals.ofExitValue(process.exitValue());
  }

  /** What is left of it. */
  Evidence evidence(@Nullable String traceback) {
    try {
      drain.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String text = stderr.text();
    return new Evidence(exitCode(), exitSignal(), text.isBlank() ? null : text, traceback);
  }
}
