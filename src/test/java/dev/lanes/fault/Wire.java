package dev.lanes.fault;

import dev.lanes.fault.Call.Answer;
import dev.lanes.fault.Call.Kind;
import dev.lanes.protocol.Completion;
import dev.lanes.protocol.Desired;
import dev.lanes.protocol.Desired.Action;
import dev.lanes.protocol.Sync;
import dev.lanes.protocol.WorkerProtocol;
import dev.lanes.web.Caller;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The calls of one worker or person to whichever replica answers. A call without an answer is
 * repeated at the next one, as workers do, and every one of them is written into the history.
 */
final class Wire implements WorkerProtocol {

  /** Between a call that failed and the next. */
  private static final long PAUSE_MS = 100;

  private static final int MOST_CALLS = 1500;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  private final List<Caller> replicas;
  private final History history;
  private final String who;
  private int turn;

  Wire(List<Caller> replicas, History history, String who) {
    this.replicas = replicas;
    this.history = history;
    this.who = who;
    this.turn = Math.floorMod(who.hashCode(), replicas.size());
  }

  /** A server has said no. */
  static final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    Refused(int status, String body) {
      super("%d %s".formatted(status, body));
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  @Override
  public Desired sync(Sync sync, @Nullable String prefer) {
    Kind kind = sync.fence() == null ? Kind.ASK : Kind.RENEW;
    String body = JSON.writeValueAsString(sync);
    Caller.Answer answer =
        call(
            Call.of(kind, history.operation(), who).about(sync.fence(), null, null),
            replica ->
                prefer == null
                    ? replica.post("/api/v1/worker/sync", body)
                    : replica.post("/api/v1/worker/sync", body, "Prefer", prefer),
            Wire::withDesired);
    return JSON.readValue(answer.body(), Desired.class);
  }

  private static Call withDesired(Call call, Caller.Answer answer) {
    Desired desired = JSON.readValue(answer.body(), Desired.class);
    if (desired.lease() != null) {
      var lease = desired.lease();
      return call.about(lease.fence(), lease.job().job(), lease.job().run());
    }
    boolean refused = call.kind() == Kind.RENEW && desired.action() == Action.ABANDON;
    return refused
        ? call.answered(call.server(), call.begun(), call.ended(), Answer.REFUSED, call.status())
        : call;
  }

  @Override
  public void putChunk(long fence, int number, String lease, String digest, byte[] chunk) {
    JsonNode value = JSON.readTree(chunk).path("samples").path(0).path("values").path(0);
    call(
        Call.of(Kind.CHUNK, history.operation(), who)
            .about(fence, null, null)
            .saying(number, sha256(digest), value.isNumber() ? value.asDouble() : null),
        replica ->
            replica.put(
                "/api/v1/attempts/%d/chunks/%d".formatted(fence, number),
                chunk,
                LEASE_HEADER,
                lease,
                DIGEST_HEADER,
                digest),
        (call, _) -> call);
  }

  private static String sha256(String digest) {
    byte[] bytes = java.util.Base64.getDecoder().decode(digest.replaceAll("^sha-256=:|:$", ""));
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public void complete(long fence, String lease, Completion completion) {
    String body = JSON.writeValueAsString(completion);
    call(
        Call.of(Kind.COMPLETE, history.operation(), who)
            .about(fence, null, null)
            .saying(completion.chunks(), completion.outcome().name().toLowerCase(), null),
        replica ->
            replica.post(
                "/api/v1/attempts/%d/completion".formatted(fence), body, LEASE_HEADER, lease),
        (call, _) -> call);
  }

  /**
   * Submits a run, once however often it must be sent.
   *
   * @param name of the run, which is also its idempotency key
   * @return the run's address
   */
  String submit(String name, String body) {
    return call(
            Call.of(Kind.SUBMIT, history.operation(), who).saying(null, name, null),
            replica -> replica.post("/api/v1/runs", body, "Idempotency-Key", name),
            (call, answer) ->
                call.about(null, null, UUID.fromString(answer.json().path("id").asString())))
        .header("Location");
  }

  /** Cancels a run and takes any answer. */
  int cancel(String address) {
    UUID run = UUID.fromString(address.substring(address.lastIndexOf('/') + 1));
    try {
      return call(
              Call.of(Kind.CANCEL, history.operation(), who).about(null, null, run),
              replica -> replica.post(address + "/cancellation", ""),
              (call, _) -> call)
          .status();
    } catch (Refused e) {
      return e.status();
    }
  }

  /** Reads the answer into the call. */
  private interface Reading {
    Call read(Call call, Caller.Answer answer);
  }

  private Caller.Answer call(Call call, Function<Caller, Caller.Answer> request, Reading reading) {
    for (int i = 0; i < MOST_CALLS; i++) {
      int server = turn;
      long begun = System.currentTimeMillis();
      UnaryOperator<Call> unknown =
          it -> it.answered(server, begun, System.currentTimeMillis(), Answer.UNKNOWN, 0);
      try {
        Caller.Answer answer = request.apply(replicas.get(server));
        int status = answer.status();
        long ended = System.currentTimeMillis();
        if (status < 400) {
          history.add(reading.read(call.answered(server, begun, ended, Answer.OK, status), answer));
          return answer;
        }
        if (status < 500) {
          history.add(call.answered(server, begun, ended, Answer.REFUSED, status));
          throw new Refused(status, answer.body());
        }
        history.add(call.answered(server, begun, ended, Answer.UNKNOWN, status));
      } catch (UncheckedIOException e) {
        history.add(unknown.apply(call));
      } catch (IllegalStateException e) {
        history.add(unknown.apply(call)); // the worker was killed while it waited
        throw e;
      }
      turn = (turn + 1) % replicas.size();
      pause();
    }
    throw new AssertionError("no server answers: " + call);
  }

  private static void pause() {
    try {
      dev.lanes.arm.Living.pause(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("killed", e);
    }
  }
}
