package dev.lanes.result;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.Lease;
import dev.lanes.run.Cells;
import dev.lanes.run.Queue;
import dev.lanes.web.Caller.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.client.HttpClientErrorException;

/** What is written once, stays; what is refused, leaves nothing; what counts, is seen. */
@OnTestServer
class ChunkTests {

  @Autowired private TestServer server;
  private Queue queue;
  private String run;
  private SimulatedWorker worker;
  private Lease lease;

  @BeforeEach
  void aLeasedJobOfTwoCells() {
    server.clear();
    queue = new Queue(server);
    server.worker("elsewhere").report();
    run = queue.submit(aRun().axis("model", "sequential", "threads"));
    worker = server.worker("w1");
    lease = worker.takeJob();
  }

  @Test
  void theSameChunkAgainIsAcceptedAndStoredOnce() {
    String chunk = SimulatedWorker.json(Cells.everything(lease, 1));

    assertThat(worker.put(lease, 0, chunk).status()).isEqualTo(200);
    assertThat(worker.put(lease, 0, chunk).status()).isEqualTo(200);

    assertThat(queue.count("chunk")).isEqualTo(1);
    assertThat(queue.count("sample")).as("two subjects and their placebo").isEqualTo(3);
    assertThat(queue.count("cell_result")).isEqualTo(3);
    assertThat(queue.run(run).path("progress").path("cells_done").asInt()).isEqualTo(2);
  }

  @Test
  void anotherContentUnderTheSameNumberIsRefused() {
    worker.send(lease, 0, Cells.oneRound(lease, 0, 1.5));

    var refusal = worker.put(lease, 0, SimulatedWorker.json(Cells.oneRound(lease, 0, 2.5)));

    assertProblem(refusal, 409, "chunk_conflict");
    assertThat(server.jdbc().sql("SELECT \"values\"[1] FROM sample").query(Double.class).single())
        .isEqualTo(1.5);
  }

  @Test
  void aBodyThatIsNotWhatItsDigestSaysIsRefused() {
    byte[] body = SimulatedWorker.json(Cells.everything(lease, 1)).getBytes(StandardCharsets.UTF_8);
    String other = SimulatedWorker.digest("another body".getBytes(StandardCharsets.UTF_8));

    assertProblem(worker.put(lease, 0, body, other), 400, "digest_mismatch");
    assertProblem(worker.put(lease, 0, body, "sha-256=::"), 400, "digest_mismatch");

    assertNothingWritten();
  }

  @Test
  void aChunkOfAnAttemptThatEndedIsRefused() {
    worker.complete(lease, AttemptOutcome.INFRA_ERROR, 0);

    var late = worker.put(lease, 0, SimulatedWorker.json(Cells.everything(lease, 1)));

    assertProblem(late, 409, "lease_lost");
    assertNothingWritten();
  }

  @Test
  void aChunkWithAnotherTokenOrOfNoAttemptIsRefused() {
    String chunk = SimulatedWorker.json(Cells.everything(lease, 1));
    var guessed = new Lease(lease.fence(), "guessed", 0, lease.job());
    var invented = new Lease(lease.fence() + 1_000, lease.token(), 0, lease.job());

    assertProblem(worker.put(guessed, 0, chunk), 409, "lease_lost");
    assertProblem(worker.put(invented, 0, chunk), 409, "lease_lost");

    assertNothingWritten();
  }

  @Test
  void aChunkForTheCellsOfAnotherJobIsRefused() {
    queue.submit(aRun());
    var other = server.worker("w2").takeJob();

    var refusal = worker.put(lease, 0, SimulatedWorker.json(Cells.everything(other, 1)));

    assertProblem(refusal, 422, "invalid_request");
    assertNothingWritten();
  }

  @Test
  void theCompletionWaitsForEveryChunk() {
    worker.send(lease, 1, Cells.everything(lease, 1));

    assertThatExceptionOfType(HttpClientErrorException.Conflict.class)
        .isThrownBy(() -> worker.complete(lease, AttemptOutcome.SUCCEEDED, 2))
        .withMessageContaining("1 of 2 chunks");
    assertThat(queue.state(run)).isEqualTo("running");
    worker.send(lease, 0, new Chunk(List.of(), List.of(), List.of()));
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 2);

    assertThat(queue.state(run)).isEqualTo("completed");
  }

  @Test
  void theSameCompletionAgainChangesNothingAndAnotherIsRefused() {
    worker.send(lease, 0, Cells.everything(lease, 1));
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);

    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);

    assertThatExceptionOfType(HttpClientErrorException.Conflict.class)
        .isThrownBy(() -> worker.complete(lease, AttemptOutcome.INFRA_ERROR, 1));
    assertThat(queue.attempts()).containsExactly("succeeded");
    assertThat(queue.job(run).path("state").asString()).isEqualTo("finished");
  }

  @Test
  void theCompletionOfALostAttemptIsRefused() {
    worker.send(lease, 0, Cells.everything(lease, 1));
    worker.restarted().report();

    assertThatExceptionOfType(HttpClientErrorException.Conflict.class)
        .isThrownBy(() -> worker.complete(lease, AttemptOutcome.SUCCEEDED, 1));
    assertThat(queue.attempts()).containsExactly("worker_lost");
    assertThat(queue.state(run)).isEqualTo("running");
  }

  @Test
  void resultsAreSeenOnlyFromTheAttemptThatCounts() {
    worker.send(lease, 0, Cells.everything(lease, 1.0));
    assertThat(median(0)).isEqualTo(1.0);
    assertThat(queue.cells(run).getFirst().path("preliminary").asBoolean()).isTrue();

    var restarted = worker.restarted();
    restarted.report();
    assertThat(queue.cells(run))
        .allSatisfy(cell -> {
          assertThat(cell.path("outcome").isNull()).isTrue();
          assertThat(cell.path("measures")).isEmpty();
          assertThat(samples(cell.path("id").asString())).isZero();
        });
    queue.letPausesEnd();
    var second = restarted.takeJob();
    restarted.send(second, 0, Cells.everything(second, 2.0));
    restarted.complete(second, AttemptOutcome.SUCCEEDED, 1);

    assertThat(median(0)).isEqualTo(2.0);
    assertThat(median(1)).isEqualTo(2.0);
    assertThat(queue.cells(run).getFirst().path("preliminary").asBoolean()).isFalse();
    assertThat(samples(queue.cells(run).getFirst().path("id").asString())).isEqualTo(1);
    assertThat(queue.count("sample")).as("the lost attempt's stay on record").isEqualTo(6);
  }

  @Test
  void aCellIsToldWithItsSamplesWarmUpsAndSummary() {
    var cell = Cells.first(lease);
    var rounds =
        List.of(
            new Chunk.RoundSamples(cell, 0, "steady_seconds", 1, new double[] {9, 1, 2, 3}),
            new Chunk.RoundSamples(cell, 1, "steady_seconds", 1, new double[] {9, 4, 4, 4}),
            new Chunk.RoundSamples(cell, 2, "steady_seconds", 1, new double[] {9, 3, 3, 3}));
    worker.send(lease, 0, new Chunk(rounds, List.of(), List.of(Cells.succeeded(cell, 3))));

    var told = server.admin().get("/api/v1/cells/" + cell).json();
    var samples = server.admin().get("/api/v1/cells/" + cell + "/samples").json().path("items");

    var steady = told.path("measures").path("steady_seconds");
    assertThat(steady.path("median").asDouble()).isEqualTo(3.0);
    assertThat(steady.path("n").asInt()).isEqualTo(3);
    assertThat(steady.path("ci_low").isNull()).isTrue();
    assertThat(told.path("rounds").asInt()).isEqualTo(3);
    assertThat(samples).hasSize(12);
    assertThat(samples.path(0).path("warmup").asBoolean()).isTrue();
    assertThat(samples.path(1).path("warmup").asBoolean()).isFalse();
    assertThat(samples.path(1).path("value").asDouble()).isEqualTo(1.0);
  }

  private double median(int index) {
    var measures = queue.cells(run).get(index).path("measures");
    return measures.path("total_seconds").path("median").asDouble();
  }

  private int samples(String cell) {
    return server.admin().get("/api/v1/cells/" + cell + "/samples").json().path("items").size();
  }

  private void assertNothingWritten() {
    assertThat(queue.count("chunk")).isZero();
    assertThat(queue.count("sample")).isZero();
    assertThat(queue.count("cell_result")).isZero();
  }

  private static void assertProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().path("code").asString()).isEqualTo(code);
  }

  @Test
  void samplesThatComeAfterTheEndingBelongToTheSummary() {
    Chunk later = Cells.oneRound(lease, 1, 3.0);

    worker.send(lease, 0, Cells.everything(lease, 1));
    worker.send(lease, 1, later);

    var total = queue.cells(run).getFirst().path("measures").path("total_seconds");
    assertThat(total.path("n").asInt()).isEqualTo(2);
    assertThat(total.path("median").asDouble()).isEqualTo(2.0);
  }

  @Test
  void anAttemptThatToldOfNoCellHasNotSucceeded() {
    assertThatExceptionOfType(HttpClientErrorException.Conflict.class)
        .isThrownBy(() -> worker.complete(lease, AttemptOutcome.SUCCEEDED, 0));

    assertThat(queue.state(run)).isEqualTo("running");
  }
}
