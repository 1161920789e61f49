package dev.lanes.instrument;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.catalog.ArmRole;
import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Chunk.RoundSamples;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.JobSpec.CellSpec;
import dev.lanes.protocol.Lease;
import dev.lanes.run.Cells;
import dev.lanes.run.Queue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** The figures of the instrument from what workers have sent. */
@OnTestServer
class InstrumentTests {

  /** Placebo over baseline, more or less by chance: as often above 1 as below. */
  private static final double[] BY_CHANCE = {1.01, 0.99, 1.02, 0.98, 1.005, 0.995, 1.0, 1.0};

  @Autowired private TestServer server;
  private Queue queue;
  private SimulatedWorker honest;
  private SimulatedWorker broken;

  @BeforeEach
  void twoHosts() {
    server.clear();
    queue = new Queue(server);
    honest = server.worker("honest");
    honest.report();
    broken = server.worker("broken");
    broken.report();
  }

  @Test
  void equalArmsAreCountedByHost() {
    complete(honest, measure(honest, 45, 1.0));
    complete(broken, measure(broken, 20, 1.05));

    var placebo = placebo();

    assertThat(placebo.path("rounds_per_pair").asInt()).isEqualTo(10);
    assertThat(placebo.path("pairs").asInt()).isEqualTo(6);
    assertThat(placebo.path("false_positives").asInt()).isEqualTo(2);
    assertThat(placebo.path("false_positives_1_percent").asInt()).isEqualTo(2);
    assertThat(placebo.path("share").asDouble()).isEqualTo(1 / 3.0);
    assertThat(placebo.path("ci_low").asDouble()).isBetween(0.04, 0.05);
    assertThat(placebo.path("ci_high").asDouble()).isBetween(0.77, 0.78);
    assertThat(placebo.path("block_pooled").path("pairs").asInt()).isEqualTo(3);
    assertThat(placebo.path("median_half_width").asDouble()).isPositive();
    var hosts = placebo.path("hosts");
    assertThat(hosts.path(0).path("host").asString()).isEqualTo("broken");
    assertThat(hosts.path(0).path("false_positives").asInt()).isEqualTo(2);
    assertThat(hosts.path(1).path("host").asString()).isEqualTo("honest");
    assertThat(hosts.path(1).path("pairs").asInt()).isEqualTo(4);
    assertThat(hosts.path(1).path("false_positives").asInt()).isZero();
  }

  @Test
  void onlyAttemptsThatCountAndHaveEndedAreLookedAt() {
    measure(broken, 20, 1.05);
    assertThat(placebo().path("pairs").asInt()).as("it is still open").isZero();

    broken.restarted().report();

    assertThat(placebo().path("pairs").asInt()).as("it was lost").isZero();
  }

  @Test
  void whatIsNotKnownIsNull() {
    var placebo = placebo();

    assertThat(placebo.path("pairs").asInt()).isZero();
    assertThat(placebo.path("share").isNull()).isTrue();
    assertThat(placebo.path("hosts")).isEmpty();
    assertThat(server.admin().get("/api/v1/instrument").json().path("self_tests")).isEmpty();
  }

  /** Sends rounds whose placebo is slower than its baseline by the factor. */
  private Lease measure(SimulatedWorker worker, int rounds, double factor) {
    queue.submit(aRun().axis("model", "sequential", "threads"));
    Lease lease = worker.takeJob();
    List<RoundSamples> samples = new ArrayList<>();
    for (CellSpec cell : Cells.of(lease)) {
      for (int round = 0; round < rounds; round++) {
        double host = 1 + 0.1 * Math.sin(round);
        double own =
            switch (cell.role()) {
              case SUBJECT -> cell.model().equals("threads") ? 3 : 1;
              case PLACEBO -> factor * BY_CHANCE[round % BY_CHANCE.length];
              case ANCHOR -> 5;
            };
        // The warm-up would turn every finding round, if it counted.
        double warmup = cell.role() == ArmRole.PLACEBO ? 0.001 : 9;
        double[] values = {warmup, host * own};
        samples.add(new RoundSamples(cell.id(), round, "steady_seconds", 1, values));
        samples.add(Cells.total(cell.id(), round, cell.role() == ArmRole.PLACEBO ? 7 : 1));
      }
    }
    var endings = Cells.of(lease).stream().map(cell -> Cells.succeeded(cell.id(), rounds)).toList();
    worker.send(lease, 0, new Chunk(samples, List.of(), endings));
    return lease;
  }

  private static void complete(SimulatedWorker worker, Lease lease) {
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);
  }

  private JsonNode placebo() {
    return server.admin().get("/api/v1/instrument").json().path("placebo");
  }
}
