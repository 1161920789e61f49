package dev.lanes.result;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.catalog.Quality;
import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Chunk.RoundSamples;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.Lease;
import dev.lanes.run.Cells;
import dev.lanes.run.Queue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What a worker tells about its host comes back as it was told. */
@OnTestServer
class EvidenceTests {

  @Autowired private TestServer server;
  private Queue queue;
  private String run;
  private SimulatedWorker worker;
  private Lease lease;

  @BeforeEach
  void aLeasedJobOfTwoGroups() {
    server.clear();
    queue = new Queue(server);
    server.worker("elsewhere").report();
    run = queue.submit(aRun().axis("digits", 20, 30).axis("model", "sequential", "threads"));
    worker = server.worker("w1");
    lease = worker.takeJob();
  }

  @Test
  void roundsAndSessionAreToldByGroup() {
    var rounds =
        List.of(
            Cells.evidence(1, 0), Cells.evidence(0, 1, "a neighbour ran"), Cells.evidence(0, 0));
    worker.send(lease, 0, new Chunk(List.of(), rounds, List.of()));
    worker.send(lease, 1, Cells.everything(lease, 1));
    Map<String, Object> session = new LinkedHashMap<>();
    session.put("layout", "turns");
    session.put("governor", null);
    session.put("note", "a\0b");
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 2, session);

    var items = evidence();

    assertThat(items).hasSize(1);
    var job = items.path(0);
    assertThat(job.path("host").asString()).isEqualTo("w1");
    assertThat(job.path("fence").asLong()).isEqualTo(lease.fence());
    assertThat(job.path("session").path("layout").asString()).isEqualTo("turns");
    assertThat(job.path("session").path("governor").isNull()).isTrue();
    assertThat(job.path("session").path("note").asString()).isEqualTo("a\ufffdb");
    assertThat(job.path("groups")).hasSize(2);
    var group = job.path("groups").path(0);
    assertThat(group.path("axes").path("digits").asInt()).isEqualTo(20);
    assertThat(group.path("axes").has("model")).as("in which its cells differ").isFalse();
    assertThat(group.path("rounds")).hasSize(2);
    var clean = group.path("rounds").path(0);
    assertThat(clean.path("round").asInt()).isZero();
    assertThat(clean.path("seconds").asDouble()).isEqualTo(0.5);
    assertThat(clean.path("layout").asString()).isEqualTo("turns");
    assertThat(clean.path("hash_seed").asLong()).isEqualTo(42);
    assertThat(clean.path("sentinels").path("cpu_before_seconds").asDouble()).isEqualTo(0.01);
    assertThat(clean.path("counters").path("steal_share").asDouble()).isZero();
    assertThat(clean.path("disturbances")).isEmpty();
    assertThat(group.path("rounds").path(1).path("disturbances").toString())
        .isEqualTo("[\"a neighbour ran\"]");
  }

  @Test
  void onlyTheAttemptThatCountsIsTold() {
    worker.send(lease, 0, new Chunk(List.of(), List.of(Cells.evidence(0, 0)), List.of()));
    assertThat(evidence().path(0).path("groups")).hasSize(1);

    worker.restarted().report();

    assertThat(evidence()).isEmpty();
    assertThat(queue.count("round_evidence")).as("it stays on record").isEqualTo(1);
  }

  @Test
  void aCellTellsHowFarItsFiguresCanBeTrusted() {
    var cells = Cells.of(lease);
    var endings =
        List.of(
            Cells.ended(cells.get(0).id(), 7, Quality.NOISY, "equal arms differ by ±3.1 %", "load"),
            Cells.succeeded(cells.get(1).id(), 7));
    worker.send(lease, 0, new Chunk(List.of(), List.of(), endings));

    var noisy = server.admin().get("/api/v1/cells/" + cells.get(0).id()).json();

    assertThat(noisy.path("quality").asString()).isEqualTo("noisy");
    assertThat(noisy.path("quality_reasons").toString())
        .isEqualTo("[\"equal arms differ by ±3.1 %\",\"load\"]");
    assertThat(noisy.path("turns").asInt()).isEqualTo(1);
    assertThat(noisy.path("warmups").asInt()).isZero();
    assertThat(noisy.path("role").asString()).isEqualTo("subject");
  }

  @Test
  void samplesThatAreEvidenceAreShownButNotSummarised() {
    var cell = Cells.first(lease);
    var samples =
        List.of(
            Cells.total(cell, 0, 1.5),
            new RoundSamples(cell, 0, "run_delay_seconds", 0, new double[] {0.001, 0.002}));
    worker.send(lease, 0, new Chunk(samples, List.of(), List.of(Cells.succeeded(cell, 1))));

    var shown = server.admin().get("/api/v1/cells/" + cell + "/samples").json().path("items");
    var measures = server.admin().get("/api/v1/cells/" + cell).json().path("measures");

    assertThat(shown.valueStream().map(EvidenceTests::told))
        .containsExactly(
            "run_delay_seconds evidence 0.001",
            "run_delay_seconds evidence 0.002",
            "total_seconds figure 1.5");
    assertThat(measures.propertyNames()).containsExactly("total_seconds");
    assertThat(queue.count("measure_summary")).isEqualTo(1);
  }

  private static String told(JsonNode sample) {
    return "%s %s %s"
        .formatted(
            sample.path("measure").asString(),
            sample.path("kind").asString(),
            sample.path("value").asDouble());
  }

  private JsonNode evidence() {
    return server.admin().get(run + "/evidence").json().path("items");
  }
}
