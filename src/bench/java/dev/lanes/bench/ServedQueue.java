package dev.lanes.bench;

import dev.lanes.protocol.Completion;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.Desired;
import dev.lanes.protocol.Desired.Action;
import dev.lanes.protocol.Lease;
import dev.lanes.protocol.Progress;
import dev.lanes.protocol.Sync;
import dev.lanes.protocol.Sync.State;
import dev.lanes.protocol.WorkerProtocol;
import dev.lanes.run.RunRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** The queue as workers reach it: by the worker protocol over HTTP. */
final class ServedQueue implements QueueCalls, AutoCloseable {

  private static final Progress PROGRESS = new Progress("round 1", 12.5);

  private final URI server;
  private final Fleet fleet;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  ServedQueue(URI server, Fleet fleet) {
    this.server = server;
    this.fleet = fleet;
  }

  /** Tells the server what each host is. */
  void reportAll() throws IOException, InterruptedException {
    for (int host = 0; host <= fleet.hosts(); host++) {
      sync(host, new Sync(Fleet.agent(host), State.IDLE, null, null, fleet.report(host), null), 0);
    }
  }

  /** Submits a run for the owner of a token. */
  void submit(RunRequest run, String token) throws IOException, InterruptedException {
    send("POST", "/api/v1/runs", token, RoundChunk.JSON.writeValueAsBytes(run));
  }

  private record Arrival(@Nullable Taken job, long at) {}

  @Override
  public Dispatched dispatch(long pauseMs) throws Exception {
    var arrival =
        new FutureTask<>(() -> new Arrival(next(Fleet.ALONE).orElse(null), System.nanoTime()));
    Thread.ofVirtual().start(arrival);
    Thread.sleep(pauseMs);
    if (arrival.isDone()) {
      throw new IOException("the worker does not wait: " + arrival.get());
    }
    long submitted = System.nanoTime();
    submit(Fleet.single(), fleet.submitter());
    Arrival arrived = arrival.get();
    if (arrived.job() == null) {
      throw new IOException("the waiting worker got no job");
    }
    return new Dispatched(arrived.job(), (arrived.at() - submitted) / 1e9);
  }

  @Override
  public Optional<Taken> next(int host) throws IOException, InterruptedException {
    Sync idle = new Sync(Fleet.agent(host), State.IDLE, null, null, null, null);
    Lease lease = sync(host, idle, 20).lease();
    return lease == null
        ? Optional.empty()
        : Optional.of(
            new Taken(
                host,
                lease.fence(),
                lease.token(),
                lease.job().groups().stream()
                    .flatMap(group -> group.cells().stream())
                    .map(cell -> cell.id())
                    .toList()));
  }

  @Override
  public void acknowledge(Taken job) throws IOException, InterruptedException {
    String agent = Fleet.agent(job.host());
    Sync busy = new Sync(agent, State.RUNNING, job.fence(), PROGRESS, null, null);
    Desired desired = sync(job.host(), busy, 0);
    if (desired.action() != Action.CONTINUE) {
      throw new IOException("attempt %d: the server says %s".formatted(job.fence(), desired));
    }
  }

  private Desired sync(int host, Sync sync, int waitSeconds)
      throws IOException, InterruptedException {
    byte[] body = RoundChunk.JSON.writeValueAsBytes(sync);
    byte[] answer =
        waitSeconds == 0
            ? send("POST", "/api/v1/worker/sync", fleet.worker(host), body)
            : send(
                "POST",
                "/api/v1/worker/sync",
                fleet.worker(host),
                body,
                "Prefer",
                "wait=" + waitSeconds);
    return RoundChunk.JSON.readValue(answer, Desired.class);
  }

  @Override
  public void put(Taken job, int number, RoundChunk chunk)
      throws IOException, InterruptedException {
    send(
        "PUT",
        "/api/v1/attempts/%d/chunks/%d".formatted(job.fence(), number),
        fleet.worker(job.host()),
        chunk.body(),
        WorkerProtocol.LEASE_HEADER,
        job.token(),
        WorkerProtocol.DIGEST_HEADER,
        "sha-256=:" + Base64.getEncoder().encodeToString(sha256(chunk.body())) + ":");
  }

  @Override
  public void complete(Taken job, int chunks) throws IOException, InterruptedException {
    AttemptOutcome outcome = chunks > 0 ? AttemptOutcome.SUCCEEDED : AttemptOutcome.CANCELLED;
    Completion completion = new Completion(outcome, chunks, null, Map.of());
    send(
        "POST",
        "/api/v1/attempts/%d/completion".formatted(job.fence()),
        fleet.worker(job.host()),
        RoundChunk.JSON.writeValueAsBytes(completion),
        WorkerProtocol.LEASE_HEADER,
        job.token());
  }

  private byte[] send(String method, String path, String token, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
    if (answer.statusCode() >= 300) {
      String said = new String(answer.body(), StandardCharsets.UTF_8);
      throw new IOException(
          "%s %s answers %d: %s".formatted(method, path, answer.statusCode(), said));
    }
    return answer.body();
  }

  static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
