package dev.lanes.analysis;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.catalog.ModelSupport;
import dev.lanes.catalog.ModelSupport.Verdict;
import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.Lease;
import dev.lanes.run.Cells;
import dev.lanes.run.Queue;
import dev.lanes.run.RunBody;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@OnTestServer
class PreviewTests {

  @Autowired private TestServer server;
  private Queue queue;
  private SimulatedWorker worker;

  @BeforeEach
  void anEmptyQueue() {
    server.clear();
    queue = new Queue(server);
    worker = server.worker("w1");
    worker.report();
  }

  @Test
  void aPreviewTellsWhatARunWouldBecomeAndQueuesNothing() {
    JsonNode preview = preview(twoSizesOfTwoModels());

    assertThat(preview.path("cells").asInt()).isEqualTo(4);
    assertThat(preview.path("groups").asInt()).isEqualTo(2);
    assertThat(preview.path("controls").asInt()).as("a placebo for each group").isEqualTo(2);
    assertThat(preview.path("jobs").asInt()).isEqualTo(1);
    assertThat(queue.count("run")).isZero();
  }

  @Test
  void whatWasNeverMeasuredIsNotEstimated() {
    JsonNode estimate = preview(twoSizesOfTwoModels()).path("estimate");

    assertThat(estimate.path("seconds").isNull()).isTrue();
    assertThat(estimate.path("groups_known").asInt()).isZero();
    assertThat(estimate.path("past").isNull()).isTrue();
    assertThat(estimate.path("most_seconds").asInt()).isEqualTo(600);
  }

  @Test
  void whatWasMeasuredIsEstimatedFromThat() {
    measure(aRun().axis("digits", 200));
    measure(aRun().axis("digits", 200));

    JsonNode same = preview(aRun().axis("digits", 200)).path("estimate");
    JsonNode half = preview(aRun().axis("digits", 200, 2000)).path("estimate");

    // 0.5 s for each of its rounds, of which there are six at least, and what the attempt took.
    assertThat(same.path("seconds").asDouble()).isBetween(3.0, 30.0);
    assertThat(same.path("past").path("jobs").asInt()).isEqualTo(1);
    assertThat(same.path("past").path("median_ratio").asDouble()).isPositive();
    assertThat(half.path("groups_known").asInt()).isEqualTo(1);
    assertThat(half.path("seconds").isNull()).isTrue();
  }

  @Test
  void whatNoProbedHostRunsIsToldWithItsReason() {
    worker.found(
        new ModelSupport(
            worker.interpreter(), "subinterpreters", Verdict.UNSUPPORTED, "no such module"),
        new ModelSupport(worker.interpreter(), "threads", Verdict.SUPPORTED, null));

    JsonNode unsupported =
        preview(aRun().axis("model", "threads", "subinterpreters")).path("unsupported");

    assertThat(unsupported).hasSize(1);
    assertThat(unsupported.path(0).path("model").asString()).isEqualTo("subinterpreters");
    assertThat(unsupported.path(0).path("reason").asString()).isEqualTo("no such module");
    assertThat(unsupported.path(0).path("cells").asInt()).isEqualTo(1);
  }

  @Test
  void whatCannotBeSubmittedCannotBePreviewed() {
    var answer =
        server.admin().post("/api/v1/runs/preview", aRun().axis("model", "fastest").json());

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("errors").path(0).path("pointer").asString())
        .isEqualTo("/matrix/model/0");
  }

  private RunBody twoSizesOfTwoModels() {
    return aRun().axis("digits", 200, 2000).axis("model", "sequential", "threads");
  }

  private JsonNode preview(RunBody run) {
    var answer = server.admin().post("/api/v1/runs/preview", run.json());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private void measure(RunBody run) {
    queue.submit(run);
    Lease lease = worker.takeJob();
    Chunk all = Cells.everything(lease, 0.2);
    worker.send(lease, 0, new Chunk(all.samples(), List.of(Cells.evidence(0, 0)), all.endings()));
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);
  }
}
