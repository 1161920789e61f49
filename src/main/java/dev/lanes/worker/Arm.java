package dev.lanes.worker;

import dev.lanes.catalog.Evidence;
import dev.lanes.catalog.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One cell in one round: a fresh Python process in a process group of its own. It runs only between
 * a command and its answer; at every other time it is parked on a read.
 */
final class Arm implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration EXIT_LIMIT = Duration.ofSeconds(10);

  private final ArmCommand command;
  private final Process process;
  private final String nonce;
  private final OutputStream commands;
  private final BufferedReader events;
  private final TailBuffer stderr = new TailBuffer();
  private final Thread drain;
  private final ScheduledExecutorService timer;
  private final Duration limit;
  private final Map<String, Double> samples = new HashMap<>();
  private Map<String, Object> environment = Map.of();
  private volatile boolean timedOut;

  /** What a slice took, for all its loops together. */
  record Slice(double seconds, @Nullable Double cpuSeconds) {}

  private Arm(
      ArmCommand command,
      Process process,
      String nonce,
      ScheduledExecutorService timer,
      Duration limit) {
    this.command = command;
    this.process = process;
    this.nonce = nonce;
    this.timer = timer;
    this.limit = limit;
    this.commands = process.getOutputStream();
    this.events =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8), 1 << 16);
    this.drain = Thread.ofVirtual().start(() -> stderr.drain(process.getErrorStream()));
  }

  /**
   * Starts the process; nothing is measured before {@link #prepare}.
   *
   * @param folder an empty folder for the process alone
   * @param random source of the padding and the nonce
   */
  static Arm start(
      ArmCommand command,
      Path folder,
      RandomGenerator random,
      ProcessJournal journal,
      ScheduledExecutorService timer,
      Duration limit)
      throws ArmFailure {
    byte[] nonce = new byte[8];
    random.nextBytes(nonce);
    ProcessBuilder builder = new ProcessBuilder(command.arguments()).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(command.environment(folder, random.nextInt(4096)));
    try {
      Process process = builder.start();
      journal.started(process.toHandle());
      return new Arm(command, process, HexFormat.of().formatHex(nonce), timer, limit);
    } catch (IOException e) {
      throw new ArmFailure(
          Outcome.CRASHED,
          "%s cannot be started: %s".formatted(command.interpreter().executable(), e.getMessage()),
          new Evidence(null, null, null, null));
    }
  }

  ArmCommand command() {
    return command;
  }

  /** Values of the phases so far, by measure. */
  Map<String, Double> samples() {
    return samples;
  }

  /** What the process said about itself. */
  Map<String, Object> environment() {
    return environment;
  }

  /** Runs the cold phase and leaves the process parked. */
  void prepare() throws ArmFailure {
    exchange(command.order(nonce), "ready");
  }

  /** Runs one slice. */
  Slice slice(int turn, int loops) throws ArmFailure {
    ArmEvent slice = exchange(Map.of("slice", turn, "loops", loops), "slice");
    return new Slice(slice.number("seconds"), slice.numberOrNull("cpu_seconds"));
  }

  /** Ends the process in order, which is timed too. */
  void finish() throws ArmFailure {
    exchange(Map.of("finish", true), "done");
    try {
      if (!process.waitFor(EXIT_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
        throw failure(Outcome.TIMED_OUT, "the process did not end after its last result");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(Outcome.CANCELLED, "the worker is stopping");
    }
    if (process.exitValue() != 0) {
      throw died("after its last result");
    }
  }

  private ArmEvent exchange(Map<String, Object> order, String answer) throws ArmFailure {
    Future<?> alarm =
        timer.schedule(
            () -> {
              timedOut = true;
              kill();
            },
            limit.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      byte[] line = (JSON.writeValueAsString(order) + "\n").getBytes(StandardCharsets.UTF_8);
      commands.write(line);
      commands.flush();
      return await(answer);
    } catch (IOException e) {
      throw died("while it was asked for its " + answer);
    } finally {
      alarm.cancel(false);
    }
  }

  private ArmEvent await(String answer) throws IOException, ArmFailure {
    for (String line = events.readLine(); line != null; line = events.readLine()) {
      ArmEvent event;
      try {
        event = ArmEvent.parse(line, nonce, JSON);
      } catch (IllegalArgumentException e) {
        throw failure(Outcome.CRASHED, "the harness wrote " + e.getMessage());
      }
      switch (event.name()) {
        case "sample" -> samples.put(event.text("measure"), event.number("value"));
        case "environment" -> environment = event.facts(JSON);
        case "error" -> throw told(event);
        default -> {
          if (event.name().equals(answer)) {
            return event;
          }
        }
      }
    }
    throw died("before its " + answer);
  }

  private ArmFailure told(ArmEvent error) {
    Outcome outcome;
    try {
      outcome = Outcome.valueOf(error.text("outcome").toUpperCase(java.util.Locale.ROOT));
    } catch (IllegalArgumentException e) {
      outcome = Outcome.CRASHED;
    }
    kill();
    String traceback = error.text("traceback");
    return new ArmFailure(
        outcome,
        error.text("message"),
        new Evidence(exitCode(), null, stderrText(), traceback.isBlank() ? null : traceback));
  }

  private ArmFailure died(String when) {
    if (timedOut) {
      return failure(
          Outcome.TIMED_OUT,
          "no answer within %d s, so it was killed".formatted(limit.toSeconds()));
    }
    kill();
    String signal = exitSignal();
    String how = signal == null ? "exit status " + exitCode() : signal;
    return failure(Outcome.CRASHED, "the process died %s (%s)".formatted(when, how));
  }

  private ArmFailure failure(Outcome outcome, String reason) {
    kill();
    return new ArmFailure(
        outcome,
        reason,
        new Evidence(
            exitSignal() == null ? exitCode() : null, exitSignal(), stderrText(), null));
  }

  private @Nullable Integer exitCode() {
    return process.isAlive() ? null : (Integer) process.exitValue();
  }

  private @Nullable String exitSignal() {
    return process.isAlive() ? null : Signals.ofExitValue(process.exitValue());
  }

  private @Nullable String stderrText() {
    try {
      drain.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String text = stderr.text();
    return text.isBlank() ? null : text;
  }

  /**
   * Kills the process and everything in its group. A process that has only just been started may
   * not have its group yet, so it is killed by itself too.
   */
  void kill() {
    // A moment for one that is dying on its own, so that its evidence is its own signal, not ours.
    if (!timedOut) {
      awaitExit(Duration.ofMillis(500));
    }
    NativeGroup.kill(process.pid());
    process.destroyForcibly();
    awaitExit(EXIT_LIMIT);
  }

  private void awaitExit(Duration most) {
    try {
      process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    NativeGroup.kill(process.pid());
    process.destroyForcibly();
  }
}
