package dev.lanes.worker;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.arm.Living;
import dev.lanes.catalog.Catalog;
import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.protocol.Completion;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.Lease;
import dev.lanes.run.Cells;
import dev.lanes.run.RunCalls;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/** A worker that was killed when it had measured, and is started again. */
@OnTestServer
@ExtendWith(OutputCaptureExtension.class)
class HandOverTests {

  private static final Path DIRECTORY = TestWorker.DIRECTORY;

  @Autowired private TestServer server;
  @Autowired private RestClient.Builder http;
  @Autowired private Catalog catalog;
  @Autowired private JsonMapper json;

  private SimulatedWorker before;
  private String run;
  private Lease lease;
  private Agent agent;
  private Thread loop;

  @BeforeEach
  void aJobIsMeasured() throws IOException {
    server.clear();
    FileSystemUtils.deleteRecursively(DIRECTORY.resolve("spool"));
    FileSystemUtils.deleteRecursively(DIRECTORY.resolve("rejected"));
    server.worker("elsewhere").report();
    run = new RunCalls(server.admin()).submit(aRun());
    before = server.worker("w1");
    lease = before.takeJob();
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (loop != null) {
      agent.stop();
      assertThat(loop.join(Duration.ofSeconds(15))).isTrue();
    }
  }

  @Test
  void whatItHadMeasuredCountsAndIsNotMeasuredAgain() throws Exception {
    Spool spool = spools().begin(lease);
    spool.add(Cells.everything(lease, 1));
    spool.end(new Completion(AttemptOutcome.SUCCEEDED, 1, null, Map.of("seed", 1)));

    start(List.of(server.address()));

    assertThat(Living.soon(() -> attempts().equals(List.of("succeeded")))).isTrue();
    assertThat(new RunCalls(server.admin()).state(run)).isEqualTo("completed");
    assertThat(Living.soon(() -> !spool.folder().toFile().exists())).isTrue();
    assertThat(DIRECTORY.resolve("rejected")).doesNotExist();
  }

  @Test
  void chunksThatTheServerHasAlreadyAreSentOnceMoreAndCountOnce() throws Exception {
    Spool spool = spools().begin(lease);
    spool.add(Cells.everything(lease, 1));
    String chunk = Files.readString(spool.waiting().getFirst().file());
    assertThat(before.put(lease, 0, chunk).status()).isEqualTo(200);
    spool.end(new Completion(AttemptOutcome.INFRA_ERROR, 1, "the worker was stopped", Map.of()));

    start(List.of(server.address()));

    assertThat(Living.soon(() -> attempts().equals(List.of("infra_error")))).isTrue();
    assertThat(chunks()).isEqualTo(1);
  }

  @Test
  void anAttemptThatHadNotEndedIsMeasuredAnew(CapturedOutput output) throws Exception {
    Spool spool = spools().begin(lease);
    spool.add(Cells.everything(lease, 1));

    start(List.of(server.address()));

    assertThat(Living.soon(() -> attempts().equals(List.of("worker_lost")))).isTrue();
    assertThat(spool.folder()).doesNotExist();
    assertThat(output)
        .contains("fence=%d had not ended when this worker was".formatted(lease.fence()));
  }

  @Test
  void whatTheServerHasGivenAwayIsPutAsideAndLeavesNoTrace(CapturedOutput output) throws Exception {
    Spool spool = spools().begin(lease);
    spool.add(Cells.everything(lease, 1));
    spool.end(new Completion(AttemptOutcome.SUCCEEDED, 1, null, Map.of()));
    before.restarted().report();
    assertThat(attempts()).containsExactly("worker_lost");

    start(List.of(server.address()));

    Path rejected = DIRECTORY.resolve("rejected").resolve(String.valueOf(lease.fence()));
    assertThat(Living.soon(() -> rejected.resolve("completion.json").toFile().exists())).isTrue();
    assertThat(spool.folder()).doesNotExist();
    assertThat(chunks()).isZero();
    assertThat(attempts()).containsExactly("worker_lost");
    assertThat(output).contains("the attempt has ended without this worker: 409");
  }

  /** Any replica takes it, and the worker finds one that answers. */
  @Test
  void theServerThatGaveTheLeaseMayBeGone(CapturedOutput output) throws Exception {
    Spool spool = spools().begin(lease);
    spool.add(Cells.everything(lease, 1));
    spool.end(new Completion(AttemptOutcome.SUCCEEDED, 1, null, Map.of()));

    start(List.of(nobody(), server.address()));

    assertThat(Living.soon(() -> attempts().equals(List.of("succeeded")))).isTrue();
    assertThat(output).contains("server 1 of 2 does not answer, the next is asked");
  }

  private Spools spools() {
    return new Spools(DIRECTORY, 1 << 24, json, Clock.systemUTC());
  }

  private void start(List<String> addresses) {
    WorkerProperties properties =
        TestWorker.properties(
            DIRECTORY,
            addresses.stream().map(URI::create).toList(),
            server.tokens().ofWorker("w1"),
            null);
    agent =
        new Agent(
            properties,
            new WorkloadFolders(List.of()),
            catalog,
            new ServerLink(WorkerConfiguration.protocol(properties, http)),
            json,
            Clock.systemUTC());
    loop = Thread.ofPlatform().start(agent);
  }

  private static String nobody() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return "http://127.0.0.1:" + free.getLocalPort();
    }
  }

  private List<String> attempts() {
    return server
        .jdbc()
        .sql("SELECT coalesce(outcome, 'open') FROM attempt WHERE fence = :fence")
        .param("fence", lease.fence())
        .query(String.class)
        .list();
  }

  private int chunks() {
    return server
        .jdbc()
        .sql("SELECT count(*) FROM chunk WHERE fence = :fence")
        .param("fence", lease.fence())
        .query(Integer.class)
        .single();
  }
}
