package dev.lanes.run;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Outcome;
import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.JobSpec.CellSpec;
import dev.lanes.protocol.Lease;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.client.HttpClientErrorException;
import tools.jackson.databind.JsonNode;

/** Every group is measured beside controls that nobody asked for and nobody is shown unasked. */
@OnTestServer
class ControlTests {

  @Autowired private TestServer server;
  private Queue queue;

  @BeforeEach
  void anEmptyQueue() {
    server.clear();
    queue = new Queue(server);
  }

  @Test
  void everyGroupHasAPlaceboOfItsFirstCellAndAnAnchorOnTheBundledInterpreter() {
    Lease lease =
        leaseWithBundled(aRun().axis("digits", 20, 30).axis("model", "threads", "asyncio"));

    assertThat(lease.job().groups())
        .hasSize(2)
        .allSatisfy(group -> {
          List<CellSpec> cells = group.cells();
          assertThat(cells)
              .extracting(CellSpec::role)
              .containsExactly(ArmRole.SUBJECT, ArmRole.SUBJECT, ArmRole.PLACEBO, ArmRole.ANCHOR);
          CellSpec first = cells.getFirst();
          CellSpec placebo = cells.get(2);
          assertThat(placebo)
              .usingRecursiveComparison()
              .ignoringFields("id", "role")
              .isEqualTo(first);
          CellSpec anchor = cells.get(3);
          assertThat(anchor.workload()).isEqualTo("anchor");
          assertThat(anchor.model()).isEqualTo("sequential");
          assertThat(anchor.tasks()).isEqualTo(10);
          assertThat(anchor.parallelism()).isEqualTo(1);
          assertThat(anchor.parameters()).isEqualTo(Map.of("work", 100));
          assertThat(anchor.interpreter()).isEqualTo("cpython-3.13");
        });
  }

  @Test
  void withoutABundledInterpreterThereIsNoAnchorAndNoError() {
    queue = new Queue(server);
    server.worker("elsewhere").report();
    queue.submit(aRun());

    Lease lease = server.worker("w1").takeJob();

    assertThat(Cells.of(lease))
        .extracting(CellSpec::role)
        .containsExactly(ArmRole.SUBJECT, ArmRole.PLACEBO);
  }

  @Test
  void controlsAreShownOnlyToThoseWhoAskForThem() {
    leaseWithBundled(aRun().axis("model", "sequential", "threads"));
    String run = "/api/v1/runs/" + server.jdbc().sql("SELECT id FROM run").query().singleValue();

    assertThat(queue.cells(run)).extracting(cell -> role(cell)).containsOnly("subject");
    assertThat(queue.run(run).path("progress").path("cells_total").asInt()).isEqualTo(2);
    var all = server.admin().get(run + "/cells?controls=true").json().path("items");
    assertThat(all.valueStream().map(ControlTests::role))
        .containsExactly("subject", "subject", "placebo", "anchor");
    assertThat(all.valueStream().map(cell -> cell.path("index").asInt()))
        .containsExactly(0, 1, 2, 3);
  }

  @Test
  void pagesOfSubjectsAreNotCutByControls() {
    leaseWithBundled(aRun().axis("digits", 20, 30, 40));
    String run = "/api/v1/runs/" + server.jdbc().sql("SELECT id FROM run").query().singleValue();

    var first = server.admin().get(run + "/cells?limit=2").json();
    var rest =
        server.admin().get(run + "/cells?limit=2&cursor=" + first.path("next").asString()).json();

    assertThat(first.path("items")).hasSize(2);
    assertThat(rest.path("items")).hasSize(1);
    assertThat(rest.path("next").isNull()).isTrue();
  }

  @Test
  void progressCountsSubjectsOnly() {
    Lease lease = leaseWithBundled(aRun().axis("model", "sequential", "threads"));
    String run = "/api/v1/runs/" + lease.job().run();
    var worker = server.worker("w1");
    var controls = Cells.of(lease).subList(2, 4);

    var endings =
        controls.stream()
            .map(cell -> Cells.failed(cell.id(), Outcome.CRASHED, "the process died"))
            .toList();
    worker.send(lease, 0, new Chunk(List.of(), List.of(), endings));

    var progress = queue.run(run).path("progress");
    assertThat(progress.path("cells_done").asInt()).isZero();
    assertThat(progress.path("cells_failed").asInt()).isZero();
  }

  @Test
  void anAttemptHasNotSucceededBeforeItsControlsHaveEndedToo() {
    Lease lease = leaseWithBundled(aRun());
    var worker = server.worker("w1");
    var subject = Cells.first(lease);
    worker.send(lease, 0, new Chunk(List.of(), List.of(), List.of(Cells.succeeded(subject, 1))));

    assertThatExceptionOfType(HttpClientErrorException.Conflict.class)
        .isThrownBy(() -> worker.complete(lease, AttemptOutcome.SUCCEEDED, 1))
        .withMessageContaining("each of its cells");
  }

  @Test
  void theMeasuresToBePreciseInGoToTheWorker() {
    var precision = Map.of("measures", List.of("steady_seconds", "steady_seconds"));

    assertThat(leaseWithBundled(aRun()).job().precision().measures())
        .containsExactly("total_seconds", "steady_seconds");
    server.clear();
    assertThat(leaseWithBundled(aRun().with("precision", precision)).job().precision().measures())
        .containsExactly("steady_seconds");
  }

  private Lease leaseWithBundled(RunBody body) {
    var worker = server.worker("w1");
    worker.reportWithBundled();
    queue.submit(body);
    return worker.takeJob();
  }

  private static String role(JsonNode cell) {
    return cell.path("role").asString();
  }
}
