package dev.lanes.analysis;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.catalog.Outcome;
import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Chunk.RoundSamples;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.JobSpec.CellSpec;
import dev.lanes.protocol.Lease;
import dev.lanes.run.Cells;
import dev.lanes.run.Queue;
import dev.lanes.run.RunBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@OnTestServer
class ComparisonTests {

  /** Some unrest, the same for all cells of a round, as on a real host. */
  private static final double[] UNREST = {1.00, 1.07, 0.96, 1.02, 1.11, 0.99, 1.05, 0.98};

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
  void swappingTheTwoTurnsTheFindingRound() {
    String run = measured(models("sequential", "threads"), 8, ComparisonTests::threadsTwiceAsFast);

    var forth = entry(compare(run, "sequential"), "threads");
    var back = entry(compare(run, "threads"), "sequential");

    assertThat(forth.path("ratio").asDouble()).isCloseTo(0.5, within(0.02));
    assertThat(forth.path("verdict").asString()).isEqualTo("faster");
    assertThat(back.path("verdict").asString()).isEqualTo("slower");
    assertInverse(forth.path("ratio"), back.path("ratio"));
    assertInverse(forth.path("ci_low"), back.path("ci_high"));
    assertInverse(forth.path("ci_high"), back.path("ci_low"));
    assertThat(forth.path("matters").asBoolean()).isTrue();
    assertThat(back.path("matters").asBoolean()).isTrue();
    assertThat(forth.path("rounds").asInt()).isEqualTo(8);
  }

  @Test
  void theFindingIsToldInASentenceAndTheFastestIsNamed() {
    String run = measured(models("sequential", "threads"), 8, ComparisonTests::threadsTwiceAsFast);

    var group = compare(run, "sequential").path("groups").path(0);

    assertThat(group.path("headline").asString())
        .isEqualTo("threads is 1.992× faster [1.988, 2.000] than sequential");
    assertThat(group.path("fastest").toString()).isEqualTo("[\"threads\"]");
    assertThat(group.path("axes").path("digits").asInt()).isEqualTo(20);
    assertThat(group.path("axes").has("model")).isFalse();
    assertThat(entry(compare(run, "sequential"), "sequential").path("ratio").asDouble())
        .isEqualTo(1.0);
  }

  @Test
  void equalCellsAreTheSame() {
    String run = measured(models("sequential", "threads"), 8, (_, round) -> UNREST[round]);

    var entry = entry(compare(run, "sequential"), "threads");

    assertThat(entry.path("ratio").asDouble()).isEqualTo(1.0);
    assertThat(entry.path("verdict").asString()).isEqualTo("same");
    assertThat(compare(run, "sequential").path("groups").path(0).path("fastest")).hasSize(2);
  }

  @Test
  void withFewerThanSixRoundsThereIsNoInterval() {
    String run = measured(models("sequential", "threads"), 5, ComparisonTests::threadsTwiceAsFast);

    var entry = entry(compare(run, "sequential"), "threads");

    assertThat(entry.path("ratio").asDouble()).isCloseTo(0.5, within(0.02));
    assertThat(entry.path("ci_low").isNull()).isTrue();
    assertThat(entry.path("ci_high").isNull()).isTrue();
    assertThat(entry.path("verdict").asString()).isEqualTo("unknown");
    assertThat(entry.path("rounds_needed").asInt()).isPositive();
  }

  @Test
  void theSameCallGivesTheSameBytes() {
    String run = measured(models("sequential", "threads"), 8, ComparisonTests::threadsTwiceAsFast);
    String call = address(run, "sequential");

    String first = server.admin().get(call).body();
    String second = server.admin().get(call).body();

    assertThat(second).isEqualTo(first);
  }

  @Test
  void cellsThatDidNotShareTheirRoundsGetAReasonInsteadOfARatio() {
    var run = models("sequential", "threads").axis("parallelism", 1, 2);
    String address = measured(run, 8, ComparisonTests::threadsTwiceAsFast);

    var comparison =
        server.admin().get(address(address, "1") + "&pivot=parallelism").json().path("groups");

    assertThat(comparison).hasSize(2);
    var entry = comparison.path(0).path("entries").path(1);
    assertThat(entry.path("value").asInt()).isEqualTo(2);
    assertThat(entry.path("ratio").isNull()).isTrue();
    assertThat(entry.path("reason").asString()).contains("other rounds");
    assertThat(entry.path("median").asDouble()).isPositive();
  }

  @Test
  void aBaselineThatFailedIsTheReason() {
    queue.submit(models("sequential", "threads"));
    Lease lease = worker.takeJob();
    var cells = Cells.of(lease);
    var good = cells.get(1).id();
    var endings =
        List.of(
            Cells.failed(cells.get(0).id(), Outcome.CRASHED, "the process died (SIGSEGV)"),
            Cells.succeeded(good, 1),
            Cells.succeeded(cells.get(2).id(), 1));
    worker.send(lease, 0, new Chunk(List.of(Cells.total(good, 0, 1)), List.of(), endings));
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);

    var comparison = compare("/api/v1/runs/" + lease.job().run(), "sequential");

    var baseline = entry(comparison, "sequential");
    assertThat(baseline.path("outcome").asString()).isEqualTo("crashed");
    assertThat(baseline.path("reason").asString()).contains("SIGSEGV");
    var threads = entry(comparison, "threads");
    assertThat(threads.path("ratio").isNull()).isTrue();
    assertThat(threads.path("reason").asString()).isEqualTo("the baseline has ended as crashed");
    assertThat(comparison.path("groups").path(0).path("headline").isNull()).isTrue();
  }

  @Test
  void whatIsNotMeasuredYetIsNotCompared() {
    String run = queue.submit(models("sequential", "threads"));

    var entry = entry(compare(run, "sequential"), "threads");

    assertThat(entry.path("outcome").isNull()).isTrue();
    assertThat(entry.path("ratio").isNull()).isTrue();
    assertThat(entry.path("verdict").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "pivot, colour, digits",
    "baseline, fibers, threads",
    "measure, happiness, steady_seconds"
  })
  void whatTheRunDoesNotHaveIsAnsweredWithWhatItHas(
      String parameter, String value, String allowed) {
    String run = queue.submit(models("sequential", "threads"));
    String id = run.substring(run.lastIndexOf('/') + 1);

    var refusal =
        server.admin().get("/api/v1/comparisons?run=%s&%s=%s".formatted(id, parameter, value));

    assertThat(refusal.status()).isEqualTo(422);
    assertThat(refusal.header("Content-Type")).startsWith("application/problem+json");
    var error = refusal.json().path("errors").path(0);
    assertThat(error.path("pointer").asString()).isEqualTo("/" + parameter);
    assertThat(error.path("allowed").toString()).contains('"' + allowed + '"');
  }

  private static double threadsTwiceAsFast(CellSpec cell, int round) {
    // Not exactly twice, so that the interval has a width.
    double own = cell.model().equals("threads") ? 0.5 + 0.002 * (round % 3) : 1.0;
    return own * UNREST[round];
  }

  private static RunBody models(Object... models) {
    return aRun().axis("model", models);
  }

  /** Submits a run and measures every cell in the given number of rounds. */
  private String measured(RunBody body, int rounds, ToDoubleBiFunction<CellSpec, Integer> seconds) {
    String run = queue.submit(body);
    Lease lease = worker.takeJob();
    List<RoundSamples> samples = new ArrayList<>();
    for (CellSpec cell : Cells.of(lease)) {
      for (int round = 0; round < rounds; round++) {
        samples.add(Cells.total(cell.id(), round, seconds.applyAsDouble(cell, round)));
      }
    }
    var endings = Cells.of(lease).stream().map(cell -> Cells.succeeded(cell.id(), rounds)).toList();
    worker.send(lease, 0, new Chunk(samples, List.of(), endings));
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);
    return run;
  }

  private static String address(String run, String baseline) {
    String id = run.substring(run.lastIndexOf('/') + 1);
    return "/api/v1/comparisons?run=%s&baseline=%s".formatted(id, baseline);
  }

  private JsonNode compare(String run, String baseline) {
    return server.admin().get(address(run, baseline)).json();
  }

  private static JsonNode entry(JsonNode comparison, String value) {
    Map<String, JsonNode> entries = new java.util.HashMap<>();
    comparison
        .path("groups")
        .path(0)
        .path("entries")
        .forEach(entry -> entries.put(entry.path("value").asString(), entry));
    return entries.get(value);
  }

  /** Up to the last digit, which the exponential function rounds on either side. */
  private static void assertInverse(JsonNode one, JsonNode other) {
    assertThat(one.asDouble() * other.asDouble()).isCloseTo(1.0, within(4e-16));
  }
}
