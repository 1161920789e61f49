package dev.lanes.dispatch;

import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.Interpreter.Gil;
import dev.lanes.catalog.Interpreter.Jit;
import dev.lanes.catalog.Interpreter.Source;
import dev.lanes.catalog.ModelSupport;
import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Completion;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.Desired;
import dev.lanes.protocol.HostReport;
import dev.lanes.protocol.Lease;
import dev.lanes.protocol.Progress;
import dev.lanes.protocol.Sync;
import dev.lanes.protocol.Sync.State;
import dev.lanes.protocol.WorkerProtocol;
import dev.lanes.web.Caller;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** A worker that speaks the real protocol but measures nothing: the test says what it found. */
public final class SimulatedWorker {

  /** Interpreters that every simulated host has; the last one cannot be used. */
  public static final List<Interpreter> INTERPRETERS =
      List.of(
          interpreter("cpython-3.14", Gil.ALWAYS, Source.CONFIGURED, null),
          interpreter("cpython-3.14t", Gil.OFF, Source.CONFIGURED, null),
          interpreter("cpython-2.7", Gil.ALWAYS, Source.CONFIGURED, "older than 3.8"));

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .build();

  private final WorkerProtocol protocol;
  private final Caller caller;
  private final String agent = UUID.randomUUID().toString();

  public SimulatedWorker(WorkerProtocol protocol, Caller caller) {
    this.protocol = protocol;
    this.caller = caller;
  }

  private static Interpreter interpreter(String line, Gil gil, Source source, String unusable) {
    return new Interpreter(
        line + ".3-0badcafe",
        line,
        line.replaceAll("[^0-9.]", "") + ".3",
        "cpython",
        gil,
        Jit.UNAVAILABLE,
        true,
        true,
        "GCC 15",
        "0".repeat(64),
        "/opt/" + line,
        source,
        unusable == null,
        unusable);
  }

  /** The same host after its worker was killed and started again, which has lost what it knew. */
  public SimulatedWorker restarted() {
    return new SimulatedWorker(protocol, caller);
  }

  /** Raw calls with the worker's token. */
  public Caller caller() {
    return caller;
  }

  /** Tells the facts about the host, as a worker's first call does, and asks for work. */
  public Desired report() {
    return report(INTERPRETERS);
  }

  /** The same of a host that has the bundled interpreter too. */
  public Desired reportWithBundled() {
    List<Interpreter> more = new ArrayList<>(INTERPRETERS);
    more.add(interpreter("cpython-3.13", Gil.ALWAYS, Source.BUNDLED, null));
    return report(more);
  }

  private Desired report(List<Interpreter> interpreters) {
    Map<String, Object> facts = Map.of("cpu_model", "Simulated 3000");
    return report(new HostReport(4, 8_000_000_000L, "x86_64", facts, Map.of(), interpreters));
  }

  /** Tells other facts about the host. */
  public Desired report(HostReport report) {
    return protocol.sync(new Sync(agent, State.IDLE, null, null, report, null), null);
  }

  /** Asks for work. */
  public Desired idle() {
    return protocol.sync(new Sync(agent, State.IDLE, null, null, null, null), null);
  }

  /** Asks for work and waits for it, so many seconds at most. */
  public Desired await(int seconds) {
    return protocol.sync(new Sync(agent, State.IDLE, null, null, null, null), "wait=" + seconds);
  }

  /** Exact id of an interpreter that the host has. */
  public String interpreter() {
    return INTERPRETERS.getFirst().id();
  }

  /** Tells what probes have found. */
  public Desired found(ModelSupport... verdicts) {
    return protocol.sync(new Sync(agent, State.IDLE, null, null, null, List.of(verdicts)), null);
  }

  /** Gives a sign of life from an attempt, which also confirms its lease. */
  public Desired busy(Lease lease) {
    Progress progress = new Progress("round 1", 12.5);
    return protocol.sync(new Sync(agent, State.RUNNING, lease.fence(), progress, null, null), null);
  }

  /** Reports if need be, takes the next job and confirms that it has it. */
  public Lease takeJob() {
    Desired desired = idle();
    if (desired.action() == Desired.Action.REPORT) {
      desired = report();
    }
    Lease lease = desired.lease();
    if (lease == null) {
      throw new AssertionError("there is no job, the server says " + desired);
    }
    busy(lease);
    return lease;
  }

  /** Sends a chunk with the right digest. */
  public void send(Lease lease, int number, Chunk chunk) {
    byte[] body = JSON.writeValueAsBytes(chunk);
    protocol.putChunk(lease.fence(), number, lease.token(), digest(body), body);
  }

  /** Sends the bytes of a chunk with their right digest, and takes any answer. */
  public Caller.Answer put(Lease lease, int number, String body) {
    byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return put(lease, number, bytes, digest(bytes));
  }

  public Caller.Answer put(Lease lease, int number, byte[] body, String digest) {
    return caller.put(
        "/api/v1/attempts/%d/chunks/%d".formatted(lease.fence(), number),
        body,
        WorkerProtocol.LEASE_HEADER,
        lease.token(),
        WorkerProtocol.DIGEST_HEADER,
        digest);
  }

  public void complete(Lease lease, AttemptOutcome outcome, int chunks) {
    complete(lease, outcome, chunks, Map.of());
  }

  public void complete(
      Lease lease, AttemptOutcome outcome, int chunks, Map<String, Object> session) {
    String reason = outcome == AttemptOutcome.SUCCEEDED ? null : "simulated";
    Completion completion = new Completion(outcome, chunks, reason, session);
    protocol.complete(lease.fence(), lease.token(), completion);
  }

  /** The chunk as it goes over the wire. */
  public static String json(Chunk chunk) {
    return JSON.writeValueAsString(chunk);
  }

  public static String digest(byte[] body) {
    try {
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(body);
      return "sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ":";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
