package dev.lanes.analysis;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Outcome;
import dev.lanes.catalog.Quality;
import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Chunk.CellEnding;
import dev.lanes.protocol.Chunk.RoundSamples;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.JobSpec.CellSpec;
import dev.lanes.protocol.Lease;
import dev.lanes.run.Cells;
import dev.lanes.run.Queue;
import dev.lanes.run.RunBody;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@OnTestServer
class TransferTests {

  private static final int TASKS = 4;
  private static final double ALPHA = 2e-5;
  private static final double BETA = 2e9;
  private static final Object[] SIZES = {64, 4096, 65_536, 1_048_576, 8_388_608};

  /** Some unrest, so that intervals have a width. */
  private static final double[] UNREST = {1.00, 1.03, 0.98, 1.01, 1.04, 0.99, 1.02, 0.97};

  @Autowired private TestServer server;
  private Queue queue;
  private SimulatedWorker worker;

  @BeforeEach
  void aHostWithAnAnchor() {
    server.clear();
    queue = new Queue(server);
    worker = server.worker("w1");
    worker.reportWithBundled();
  }

  @Test
  void latencyAndBandwidthOfOneRoundTripAreToldWithTheirIntervals() {
    String run = measured(sizes(SIZES), 8, TransferTests::straight);

    var transfer = transfers(run).path(0);

    assertThat(transfer.path("status").asString()).isEqualTo("fitted");
    assertThat(transfer.path("reason").isNull()).isTrue();
    assertThat(transfer.path("unit").asString()).isEqualTo("bytes");
    assertThat(transfer.path("axes").path("mechanism").asString()).isEqualTo("pipe");
    assertThat(transfer.path("axes").path("payload").asString()).isEqualTo("bytes");
    assertThat(transfer.path("axes").has("size")).isFalse();
    assertEstimate(transfer.path("alpha_seconds"), ALPHA);
    assertEstimate(transfer.path("beta_per_second"), BETA);
    assertThat(transfer.path("worst_miss").asDouble()).isCloseTo(0, within(1e-6));
    assertThat(transfer.path("margin").asDouble()).isEqualTo(0.02);
    assertThat(transfer.path("left_out")).isEmpty();
    assertThat(transfer.path("warnings")).isEmpty();
    assertThat(transfer.path("preliminary").asBoolean()).isFalse();
    var largest = transfer.path("sizes").path(4);
    assertThat(largest.path("size").asLong()).isEqualTo(8_388_608);
    assertThat(largest.path("rounds").asInt()).isEqualTo(8);
    assertThat(largest.path("quality").asString()).isEqualTo("stable");
    assertThat(largest.path("median_seconds").asDouble())
        .as("of one round trip, not of a batch of four")
        .isCloseTo(1.005 * (ALPHA + 8_388_608 / BETA), within(1e-12));
  }

  @Test
  void eachMechanismAndPayloadHasALineOfItsOwn() {
    String run =
        measured(
            sizes(SIZES).axis("mechanism", "pipe", "thread-queue").axis("payload", "list", "bytes"),
            8,
            cell -> "pipe".equals(cell.parameters().get("mechanism")) ? straight(cell) : 15e-6);

    var transfers = transfers(run);

    assertThat(transfers).hasSize(4);
    assertThat(transfers.path(0).path("axes").path("mechanism").asString()).isEqualTo("pipe");
    assertThat(transfers.path(0).path("unit").asString()).isEqualTo("items");
    assertThat(transfers.path(1).path("unit").asString()).isEqualTo("bytes");
    var threads = transfers.path(3);
    assertThat(threads.path("axes").path("mechanism").asString()).isEqualTo("thread-queue");
    assertThat(threads.path("status").asString()).isEqualTo("flat");
    assertThat(threads.path("reason").asString()).contains("no bandwidth can be told");
    assertEstimate(threads.path("alpha_seconds"), 15e-6);
    assertThat(threads.path("beta_per_second").path("value").isNull()).isTrue();
    assertThat(threads.path("beta_per_second").path("ci_high").isNull()).isTrue();
  }

  @Test
  void anArrayHasWholeDoubles() {
    var body = sizes(1, 1000, 1_000_001).axis("payload", "array");

    String run = measured(body, 8, TransferTests::straight);

    var sizes = transfers(run).path(0).path("sizes");
    assertThat(sizes.path(0).path("size").asLong()).isEqualTo(8);
    assertThat(sizes.path(1).path("size").asLong()).isEqualTo(1000);
    assertThat(sizes.path(2).path("size").asLong()).isEqualTo(1_000_008);
  }

  @Test
  void invalidAndFailedSizesAreLeftOutWithTheirReason() {
    String run =
        measured(
            sizes(SIZES),
            8,
            cell -> size(cell) == 65_536 ? 1 : straight(cell),
            cell ->
                size(cell) == 65_536
                    ? Cells.ended(cell.id(), 8, Quality.INVALID, "equal arms differ")
                    : size(cell) == 64
                        ? Cells.failed(cell.id(), Outcome.TIMED_OUT, "no answer in 60 s")
                        : Cells.succeeded(cell.id(), 8));

    var transfer = transfers(run).path(0);

    assertThat(transfer.path("status").asString()).isEqualTo("fitted");
    assertThat(transfer.path("sizes")).hasSize(3);
    assertEstimate(transfer.path("beta_per_second"), BETA);
    assertThat(transfer.path("left_out")).hasSize(2);
    assertThat(transfer.path("left_out").path(0).path("size").asInt()).isEqualTo(64);
    assertThat(transfer.path("left_out").path(0).path("reason").asString())
        .isEqualTo("no answer in 60 s");
    assertThat(transfer.path("left_out").path(1).path("reason").asString())
        .isEqualTo("its figures are invalid: equal arms differ");
  }

  @Test
  void noisySizesAreUsedWithAWarning() {
    String run =
        measured(
            sizes(SIZES),
            8,
            TransferTests::straight,
            cell ->
                size(cell) == 4096
                    ? Cells.ended(cell.id(), 8, Quality.NOISY, "steal 3 %")
                    : Cells.succeeded(cell.id(), 8));

    var transfer = transfers(run).path(0);

    assertThat(transfer.path("sizes")).hasSize(5);
    assertThat(transfer.path("warnings").toString())
        .isEqualTo("[\"size 4096 is noisy: steal 3 %\"]");
  }

  @Test
  void withoutThreeSizesThereIsNoFigure() {
    String run = measured(sizes(64, 4096), 8, TransferTests::straight);

    var transfer = transfers(run).path(0);

    assertThat(transfer.path("status").asString()).isEqualTo("not_identifiable");
    assertThat(transfer.path("reason").asString()).isEqualTo("2 of at least 3 different sizes");
    assertThat(transfer.path("alpha_seconds").isNull()).isTrue();
    assertThat(transfer.path("beta_per_second").isNull()).isTrue();
    assertThat(transfer.path("worst_miss").isNull()).isTrue();
    assertThat(transfer.path("sizes")).hasSize(2);
    assertThat(transfer.path("sizes").path(0).path("miss").isNull()).isTrue();
  }

  @Test
  void withoutSixRoundsASizeIsLeftOut() {
    String run = measured(sizes(SIZES), 5, TransferTests::straight);

    var transfer = transfers(run).path(0);

    assertThat(transfer.path("status").asString()).isEqualTo("not_identifiable");
    assertThat(transfer.path("left_out")).hasSize(5);
    assertThat(transfer.path("left_out").path(0).path("reason").asString())
        .isEqualTo("5 of at least 6 rounds");
  }

  @Test
  void whatIsNoStraightLineIsWarnedOf() {
    String run = measured(sizes(SIZES), 8, cell -> size(cell) == 65_536 ? 1e-3 : straight(cell));

    var transfer = transfers(run).path(0);

    assertThat(transfer.path("worst_miss").asDouble()).isGreaterThan(0.25);
    assertThat(transfer.path("warnings").toString()).contains("no straight line");
  }

  @Test
  void aRiseThatTheAnchorSharesIsNoBandwidth() {
    String run = drifting(true);
    String alone = drifting(false);

    var drifted = transfers(run).path(0);
    var risen = transfers(alone).path(0);

    assertThat(drifted.path("status").asString()).isEqualTo("flat");
    assertThat(drifted.path("margin").asDouble()).isCloseTo(0.2, within(1e-9));
    assertThat(drifted.path("warnings").toString())
        .contains("the host changed between sizes: the anchor's time differs by 20 %");
    assertThat(risen.path("status").asString()).isEqualTo("fitted");
  }

  @Test
  void withoutAnAnchorItIsSaidThatTheHostIsNotKnown() {
    server.clear();
    worker = server.worker("w2");
    worker.report();

    String run = measured(sizes(SIZES), 8, TransferTests::straight);

    assertThat(transfers(run).path(0).path("warnings").toString()).contains("no anchor");
  }

  @Test
  void underAnotherModelABatchIsNoRoundTrip() {
    String run =
        measured(sizes(SIZES).axis("model", "sequential", "threads"), 8, TransferTests::straight);

    var threads = transfers(run).path(1);

    assertThat(transfers(run).path(0).path("status").asString()).isEqualTo("fitted");
    assertThat(threads.path("status").asString()).isEqualTo("not_identifiable");
    assertThat(threads.path("left_out").path(0).path("reason").asString())
        .startsWith("measured under threads");
  }

  @Test
  void whatIsNotMeasuredYetIsSaidToBeSo() {
    String run = queue.submit(sizes(SIZES));

    var transfer = transfers(run).path(0);

    assertThat(transfer.path("status").asString()).isEqualTo("not_identifiable");
    assertThat(transfer.path("left_out").path(0).path("reason").asString())
        .isEqualTo("not measured yet");
  }

  @Test
  void whatIsStillMeasuredIsPreliminary() {
    queue.submit(sizes(64, 4096, 65_536));
    Lease lease = worker.takeJob();
    send(lease, 8, TransferTests::straight, cell -> Cells.succeeded(cell.id(), 8));

    var transfer = transfers("/" + lease.job().run()).path(0);

    assertThat(transfer.path("status").asString()).isEqualTo("fitted");
    assertThat(transfer.path("preliminary").asBoolean()).isTrue();
  }

  @Test
  void theSameCallGivesTheSameBytes() {
    String call = address(measured(sizes(SIZES), 8, TransferTests::straight));

    String first = server.admin().get(call).body();

    assertThat(server.admin().get(call).body()).isEqualTo(first);
  }

  @Test
  void aRunOfOtherWorkHasNoTransfers() {
    String run = queue.submit(aRun());

    assertThat(server.admin().get(address(run)).status()).isEqualTo(200);
    assertThat(transfers(run)).isEmpty();
  }

  @Test
  void aBadOrUnknownRunIsAProblem() {
    var unknown = server.admin().get("/api/v1/transfers?run=" + UUID.randomUUID());
    var bad = server.admin().get("/api/v1/transfers?run=yesterday");
    var missing = server.admin().get("/api/v1/transfers");

    assertThat(unknown.status()).isEqualTo(404);
    assertThat(bad.status()).isEqualTo(422);
    assertThat(bad.header("Content-Type")).startsWith("application/problem+json");
    assertThat(bad.json().path("detail").asString()).contains("run", "an id such as");
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.header("Content-Type")).startsWith("application/problem+json");
  }

  private static RunBody sizes(Object... sizes) {
    return aRun()
        .without("digits")
        .axis("workload", "transfer")
        .axis("mechanism", "pipe")
        .axis("size", sizes)
        .axis("tasks", TASKS);
  }

  private static long size(CellSpec cell) {
    return cell.role() == ArmRole.ANCHOR ? 0 : ((Number) cell.parameters().get("size")).longValue();
  }

  private static double straight(CellSpec cell) {
    return ALPHA + size(cell) / BETA;
  }

  /** Beside the largest size a round trip takes a fifth longer, and the anchor may too. */
  private String drifting(boolean anchorToo) {
    String run = queue.submit(sizes(SIZES));
    Lease lease = worker.takeJob();
    var slow = lease.job().groups().getLast().cells().stream().map(CellSpec::id).toList();
    send(
        lease,
        8,
        cell ->
            slow.contains(cell.id()) && (anchorToo || cell.role() != ArmRole.ANCHOR)
                ? 18e-6
                : 15e-6,
        cell -> Cells.succeeded(cell.id(), 8));
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);
    return run;
  }

  private String measured(RunBody body, int rounds, ToDoubleFunction<CellSpec> roundTrip) {
    return measured(body, rounds, roundTrip, cell -> Cells.succeeded(cell.id(), rounds));
  }

  /** Submits a run and measures every cell in the given number of rounds. */
  private String measured(
      RunBody body,
      int rounds,
      ToDoubleFunction<CellSpec> roundTrip,
      Function<CellSpec, CellEnding> ending) {
    String run = queue.submit(body);
    Lease lease = worker.takeJob();
    send(lease, rounds, roundTrip, ending);
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);
    return run;
  }

  private void send(
      Lease lease,
      int rounds,
      ToDoubleFunction<CellSpec> roundTrip,
      Function<CellSpec, CellEnding> ending) {
    List<RoundSamples> samples = new ArrayList<>();
    List<CellEnding> endings = new ArrayList<>();
    for (CellSpec cell : Cells.of(lease)) {
      for (int round = 0; round < rounds; round++) {
        double batch = TASKS * roundTrip.applyAsDouble(cell) * UNREST[round];
        samples.add(
            new RoundSamples(
                cell.id(),
                round,
                "steady_seconds",
                0,
                new double[] {batch, 2 * batch, 0.5 * batch}));
      }
      endings.add(ending.apply(cell));
    }
    worker.send(lease, 0, new Chunk(samples, List.of(), endings));
  }

  private JsonNode transfers(String run) {
    return server.admin().get(address(run)).json().path("items");
  }

  private static String address(String run) {
    return "/api/v1/transfers?run=" + run.substring(run.lastIndexOf('/') + 1);
  }

  private static void assertEstimate(JsonNode estimate, double value) {
    assertThat(estimate.path("value").asDouble()).isCloseTo(value, Percentage.withPercentage(2));
    assertThat(estimate.path("ci_low").asDouble()).isLessThanOrEqualTo(value);
    assertThat(estimate.path("ci_high").asDouble()).isGreaterThanOrEqualTo(value);
  }
}
