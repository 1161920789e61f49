package dev.lanes.arm;

import dev.lanes.catalog.Outcome;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One cell in one round: a fresh Python process in a process group of its own. It runs only between
 * a command and its answer; at every other time it is parked on a read.
 */
public final class Arm implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final ArmCommand command;
  private final ArmProcess process;
  private final String nonce;
  private final Watchdog watchdog;
  private final AgentTime agentTime;
  private final Map<String, Double> samples = new HashMap<>();
  private Map<String, Object> environment = Map.of();
  private String checksum = "";
  private @Nullable JsonNode expected;

  /**
   * What a slice took, for all its loops together; null is what the system cannot tell.
   *
   * @param runDelaySeconds how long threads were ready to run but had no processor
   * @param involuntarySwitches how often a thread lost its processor to another
   * @param parkedCpuSeconds processor time that the arm used since its slice before
   * @param parkedSeconds wall time of that gap
   * @param observed what the workload itself counted, by measure
   */
  public record Slice(
      double seconds,
      @Nullable Double cpuSeconds,
      @Nullable Double runDelaySeconds,
      @Nullable Double involuntarySwitches,
      @Nullable Double parkedCpuSeconds,
      double parkedSeconds,
      Map<String, Double> observed) {}

  Arm(
      ArmCommand command,
      ArmProcess process,
      String nonce,
      Watchdog watchdog,
      AgentTime agentTime) {
    this.command = command;
    this.process = process;
    this.nonce = nonce;
    this.watchdog = watchdog;
    this.agentTime = agentTime;
  }

  /** Values of the phases so far, by measure. */
  public Map<String, Double> samples() {
    return samples;
  }

  /** What the process said about itself. */
  public Map<String, Object> environment() {
    return environment;
  }

  /** What every task must give, in one text that can be compared. */
  public String checksum() {
    return checksum;
  }

  /** The same for each task, for the cell's next process; null before it is known. */
  public @Nullable JsonNode expected() {
    return expected;
  }

  /** Waits until the process has started and is parked; nothing is measured yet. */
  public void up() throws ArmFailure {
    watchdog.watch(process);
    try {
      await("up", process.readLine());
    } catch (IOException e) {
      throw died("before it was up");
    } finally {
      watchdog.rest();
    }
  }

  /**
   * Runs the cold phase and leaves the process parked.
   *
   * @param known what an earlier process of the cell computed that every task must give; without
   *     it, or where it is not what comes out, it is computed, which takes about as long as a task
   */
  public void prepare(@Nullable JsonNode known) throws ArmFailure {
    ArmEvent ready = exchange(JSON.writeValueAsString(command.order(known)), "ready");
    checksum = ready.json("checksum");
    expected = ready.body().get("expected");
  }

  /** Runs one slice. */
  public Slice slice(int turn, int loops) throws ArmFailure {
    String order = "{\"slice\":" + turn + ",\"loops\":" + loops + "}";
    watchdog.watch(process);
    String answer;
    try {
      agentTime.sliceStarts();
      process.write(order);
      answer = process.readLine();
      agentTime.sliceEnded();
    } catch (IOException e) {
      throw died("while it was asked for a slice");
    } finally {
      watchdog.rest();
    }
    // Read only now, when nothing runs.
    ArmEvent slice = await("slice", answer);
    return new Slice(
        slice.number("seconds"),
        slice.numberOrNull("cpu_seconds"),
        slice.numberOrNull("run_delay_seconds"),
        slice.numberOrNull("involuntary_switches"),
        slice.numberOrNull("parked_cpu_seconds"),
        slice.number("parked_seconds"),
        slice.numbers("observed"));
  }

  /** Stops the workers, which is timed too; the process then ends by itself. */
  public void finish() throws ArmFailure {
    // A worker that was spawned meanwhile would have been another program than this process.
    command.requireSameBuild();
    exchange("{\"finish\":true}", "done");
  }

  /** Waits until the process has ended in order. */
  public void ended() throws ArmFailure {
    if (!process.ends()) {
      throw failure(Outcome.TIMED_OUT, "the process did not end after its last result");
    }
    if (process.exitSignal() != null || !Integer.valueOf(0).equals(process.exitCode())) {
      throw died("after its last result");
    }
  }

  private ArmEvent exchange(String order, String answer) throws ArmFailure {
    watchdog.watch(process);
    try {
      process.write(order);
      return await(answer, process.readLine());
    } catch (IOException e) {
      throw died("while it was asked for its " + answer);
    } finally {
      watchdog.rest();
    }
  }

  private ArmEvent await(String answer, @Nullable String first) throws ArmFailure {
    try {
      for (String line = first; line != null; line = process.readLine()) {
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
    } catch (IOException e) {
      throw died("while its " + answer + " was read");
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
          "no answer within %d s, so it was killed".formatted(watchdog.limit().toSeconds()));
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
