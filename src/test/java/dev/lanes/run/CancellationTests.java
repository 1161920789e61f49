package dev.lanes.run;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.Desired.Action;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@OnTestServer
class CancellationTests {

  @Autowired private TestServer server;
  @Autowired private AttemptEnds ends;
  private Queue queue;

  @BeforeEach
  void anEmptyQueue() {
    server.clear();
    queue = new Queue(server);
    server.worker("elsewhere").report();
  }

  @Test
  void whatWaitsEndsAtOnce() {
    String run = queue.submit(aRun());

    assertThat(queue.cancel(run).status()).isEqualTo(202);

    assertThat(queue.state(run)).isEqualTo("cancelled");
    assertThat(queue.run(run).path("finished_at").asString()).isNotBlank();
    assertThat(queue.cells(run).getFirst().path("outcome").asString()).isEqualTo("cancelled");
    assertThat(server.worker("w1").report().action()).isEqualTo(Action.IDLE);
  }

  @Test
  void whatIsMeasuredEndsAtTheWorkersNextCallAndKeepsWhatItHas() {
    String run = queue.submit(aRun().axis("model", "sequential", "threads"));
    var worker = server.worker("w1");
    var lease = worker.takeJob();
    var first = Cells.first(lease);
    worker.send(
        lease,
        0,
        new Chunk(
            List.of(Cells.total(first, 0, 1)), List.of(), List.of(Cells.succeeded(first, 1))));

    queue.cancel(run);
    assertThat(queue.state(run)).isEqualTo("running");
    assertThat(worker.busy(lease).action()).isEqualTo(Action.CANCEL);
    worker.complete(lease, AttemptOutcome.CANCELLED, 1);

    assertThat(queue.state(run)).isEqualTo("cancelled");
    assertThat(queue.cells(run))
        .extracting(cell -> cell.path("outcome").asString())
        .containsExactly("succeeded", "cancelled");
  }

  @Test
  void cancellingTwiceChangesNothing() {
    String run = queue.submit(aRun());
    queue.cancel(run);
    String finished = queue.run(run).path("finished_at").asString();

    assertThat(queue.cancel(run).status()).isEqualTo(202);

    assertThat(queue.run(run).path("finished_at").asString()).isEqualTo(finished);
  }

  @Test
  void whatHasCompletedStays() {
    String run = queue.submit(aRun());
    var worker = server.worker("w1");
    var lease = worker.takeJob();
    worker.send(lease, 0, Cells.everything(lease, 1));
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);

    var refusal = queue.cancel(run);

    assertThat(refusal.status()).isEqualTo(409);
    assertThat(refusal.json().path("code").asString()).isEqualTo("run_finished");
    assertThat(queue.state(run)).isEqualTo("completed");
    assertThat(queue.cells(run).getFirst().path("outcome").asString()).isEqualTo("succeeded");
  }

  @Test
  void aWorkerThatFinishesFirstWins() {
    String run = queue.submit(aRun());
    var worker = server.worker("w1");
    var lease = worker.takeJob();
    worker.send(lease, 0, Cells.everything(lease, 1));
    queue.cancel(run);

    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);

    assertThat(queue.state(run)).isEqualTo("completed");
  }

  @Test
  void aWorkerThatFellSilentDoesNotHoldACancelledRunUp() {
    String run = queue.submit(aRun());
    server.worker("w1").takeJob();
    queue.cancel(run);

    queue.letLeasesExpire();
    ends.endExpired();

    assertThat(queue.state(run)).isEqualTo("cancelled");
    queue.letPausesEnd();
    assertThat(server.worker("w2").report().action()).isEqualTo(Action.IDLE);
  }
}
