package dev.lanes.worker;

import dev.lanes.catalog.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
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

  private final ArmCommand command;
  private final ArmProcess process;
  private final String nonce;
  private final ScheduledExecutorService timer;
  private final Duration limit;
  private final Map<String, Double> samples = new HashMap<>();
  private Map<String, Object> environment = Map.of();

  /** What a slice took, for all its loops together. */
  record Slice(double seconds, @Nullable Double cpuSeconds) {}

  private Arm(
      ArmCommand command,
      ArmProcess process,
      String nonce,
      ScheduledExecutorService timer,
      Duration limit) {
    this.command = command;
    this.process = process;
    this.nonce = nonce;
    this.timer = timer;
    this.limit = limit;
  }

  /**
   * Starts the process; nothing is measured before {@link #prepare}.
   *
   * @param folder an empty folder for the process alone
   * @param random source of the padding and the nonce
   * @param limit longest time from a command to its answer
   */
  static Arm start(
      ArmCommand command,
      Path folder,
      RandomGenerator random,
      ProcessJournal journal,
      ScheduledExecutorService timer,
      Duration limit)
      throws ArmFailure {
    byte[] bytes = new byte[8];
    random.nextBytes(bytes);
    String nonce = HexFormat.of().formatHex(bytes);
    ArmProcess process = ArmProcess.start(command, nonce, folder, random.nextInt(4096), journal);
    return new Arm(command, process, nonce, timer, limit);
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
    exchange(command.order(), "ready");
  }

  /** Runs one slice. */
  Slice slice(int turn, int loops) throws ArmFailure {
    ArmEvent slice = exchange(Map.of("slice", turn, "loops", loops), "slice");
    return new Slice(slice.number("seconds"), slice.numberOrNull("cpu_seconds"));
  }

  /** Ends the process in order, which is timed too. */
  void finish() throws ArmFailure {
    exchange(Map.of("finish", true), "done");
    if (!process.ends()) {
      throw failure(Outcome.TIMED_OUT, "the process did not end after its last result");
    }
    if (process.exitSignal() != null || !Integer.valueOf(0).equals(process.exitCode())) {
      throw died("after its last result");
    }
  }

  private ArmEvent exchange(Map<String, Object> order, String answer) throws ArmFailure {
    Future<?> alarm = timer.schedule(process::timeOut, limit.toMillis(), TimeUnit.MILLISECONDS);
    try {
      process.write(JSON.writeValueAsString(order));
      return await(answer);
    } catch (IOException e) {
      throw died("while it was asked for its " + answer);
    } finally {
      alarm.cancel(false);
    }
  }

  private ArmEvent await(String answer) throws IOException, ArmFailure {
    for (String line = process.readLine(); line != null; line = process.readLine()) {
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
      outcome = Outcome.valueOf(error.text("outcome").toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      outcome = Outcome.CRASHED;
    }
    process.kill();
    String traceback = error.text("traceback");
    return new ArmFailure(
        outcome, error.text("message"), process.evidence(traceback.isBlank() ? null : traceback));
  }

  private ArmFailure died(String when) {
    if (process.timedOut()) {
      return failure(
          Outcome.TIMED_OUT,
          "no answer within %d s, so it was killed".formatted(limit.toSeconds()));
    }
    process.kill();
    String signal = process.exitSignal();
    String how = signal == null ? "exit status " + process.exitCode() : signal;
    return failure(Outcome.CRASHED, "the process died %s (%s)".formatted(when, how));
  }

  private ArmFailure failure(Outcome outcome, String reason) {
    process.kill();
    return new ArmFailure(outcome, reason, process.evidence(null));
  }

  /** Kills whatever is left. */
  @Override
  public void close() {
    process.killNow();
  }
}
