package dev.lanes.analysis;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
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
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

@OnTestServer
class ScalingTests {

  private static final int ROUNDS = 20;
  private static final double SHARE = 0.1;

  @Autowired private TestServer server;
  private Queue queue;
  private SimulatedWorker worker;
  private final Random random = new Random(1);

  @BeforeEach
  void aHostWithAnAnchor() {
    server.clear();
    queue = new Queue(server);
    worker = server.worker("w1");
    worker.reportWithBundled();
  }

  @Test
  void aKnownSerialShareIsRecoveredInsideItsInterval() {
    String run = measured(workers(1, 2, 3, 4, 8), 8, 0.99, cell -> amdahl(cell.parallelism()));

    var line = scaling(run).path(0);

    assertThat(line.path("axes").path("model").asString()).isEqualTo("threads");
    assertThat(line.path("axes").has("parallelism")).isFalse();
    assertThat(line.path("reference").asString()).isEqualTo("sequential");
    assertThat(line.path("points")).hasSize(5);
    assertThat(line.path("fit").path("law").asString()).isEqualTo("amdahl");
    assertThat(line.path("fit").path("contention").path("value").asDouble())
        .isCloseTo(SHARE, within(0.02));
    assertHolds(line.path("fit").path("contention"), SHARE);
    assertThat(line.path("fit").path("peak").isNull()).isTrue();
    assertThat(line.path("warnings")).isEmpty();
    var four = line.path("points").path(3);
    assertThat(four.path("parallelism").asInt()).isEqualTo(4);
    assertThat(four.path("rounds").asInt()).isEqualTo(ROUNDS);
    assertHolds(four.path("speed_up"), 1 / amdahl(4));
    assertHolds(four.path("efficiency"), 0.25 / amdahl(4));
    assertHolds(four.path("serial_fraction"), SHARE);
    assertThat(four.path("processors").asInt()).isEqualTo(8);
    assertThat(line.path("points").path(0).path("serial_fraction").isNull()).isTrue();
  }

  @Test
  void twoProcessorsTellASpeedUpAndNoLaw() {
    String run =
        measured(workers(1, 2, 4, 8), 2, 0.99, cell -> amdahl(Math.min(cell.parallelism(), 2)));

    var line = scaling(run).path(0);

    assertThat(line.path("fit").path("law").asString()).isEqualTo("not_identifiable");
    assertThat(line.path("fit").path("reason").asString())
        .isEqualTo(
            "2 of at least 4 numbers of workers: on 2 processors more workers tell nothing of a"
                + " law");
    assertThat(line.path("fit").path("contention").isNull()).isTrue();
    assertHolds(line.path("points").path(1).path("serial_fraction"), SHARE);
    assertThat(line.path("points").path(1).path("oversubscribed").asBoolean()).isFalse();
    assertThat(line.path("points").path(2).path("oversubscribed").asBoolean()).isTrue();
  }

  @Test
  void workersThatWaitAreNotBoundByProcessors() {
    String run = measured(workers(1, 2, 4, 8), 2, 0.02, cell -> amdahl(cell.parallelism()));

    var line = scaling(run).path(0);

    assertThat(line.path("fit").path("law").asString()).isEqualTo("amdahl");
    assertHolds(line.path("fit").path("contention"), SHARE);
    assertThat(line.path("points").path(3).path("oversubscribed").asBoolean()).isFalse();
  }

  @Test
  void withoutThePlainProgramOneWorkerIsTheReference() {
    String run =
        measured(
            workers(1, 2).axis("model", "threads"), 8, 0.99, cell -> amdahl(cell.parallelism()));

    var line = scaling(run).path(0);

    assertThat(line.path("reference").asString()).isEqualTo("one_worker");
    assertThat(line.path("points").path(0).path("speed_up").path("value").asDouble()).isEqualTo(1);
    assertHolds(line.path("points").path(1).path("speed_up"), 1 / amdahl(2));
  }

  @Test
  void eachModelHasALineOfItsOwn() {
    var body = workers(1, 2).axis("model", "sequential", "threads", "processes:spawn");

    String run = measured(body, 8, 0.99, cell -> amdahl(cell.parallelism()));

    assertThat(scaling(run)).hasSize(2);
  }

  @Test
  void failedAndInvalidNumbersAreLeftOutWithTheirReason() {
    String run = queue.submit(workers(1, 2, 3, 4, 8));
    Lease lease = worker.takeJob();
    List<CellEnding> endings = new ArrayList<>();
    List<RoundSamples> samples = new ArrayList<>();
    for (CellSpec cell : Cells.of(lease)) {
      if (cell.model().equals("threads") && cell.parallelism() == 8) {
        endings.add(Cells.failed(cell.id(), Outcome.TIMED_OUT, "no answer in 60 s"));
        continue;
      }
      samples.addAll(samples(cell, 0.99, amdahl(cell.parallelism())));
      endings.add(
          cell.model().equals("threads") && cell.parallelism() == 4
              ? Cells.ended(cell.id(), ROUNDS, Quality.INVALID, "equal arms differ")
              : succeeded(cell, 8));
    }
    worker.send(lease, 0, new Chunk(samples, List.of(), endings));
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);

    var line = scaling(run).path(0);

    assertThat(line.path("points")).hasSize(3);
    assertThat(line.path("left_out").path(0).path("reason").asString())
        .isEqualTo("its figures are invalid: equal arms differ");
    assertThat(line.path("left_out").path(1).path("reason").asString())
        .isEqualTo("ended as timed_out: no answer in 60 s");
    assertThat(line.path("fit").path("reason").asString())
        .isEqualTo("3 of at least 4 numbers of workers");
  }

  @Test
  void whatCannotBeAskedIsToldWithWhatCan() {
    String run = measured(workers(1, 2), 8, 0.99, cell -> amdahl(cell.parallelism()));

    var axis = server.admin().get(address(run) + "&x=digits");
    var measure = server.admin().get(address(run) + "&measure=create_seconds");

    assertThat(axis.status()).isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT.value());
    assertThat(axis.json().path("errors").path(0).path("allowed").path(0).asString())
        .isEqualTo("parallelism");
    assertThat(measure.status()).isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT.value());
    assertThat(measure.json().path("errors").path(0).path("pointer").asString())
        .isEqualTo("/measure");
  }

  private static RunBody workers(Object... numbers) {
    return aRun().axis("model", "sequential", "threads").axis("parallelism", numbers);
  }

  private static double amdahl(double workers) {
    return SHARE + (1 - SHARE) / workers;
  }

  /**
   * Submits a run and measures every cell; the plain program takes what one worker takes.
   *
   * @param busy processors that a cell keeps busy for each of its workers
   */
  private String measured(
      RunBody body, int processors, double busy, ToDoubleFunction<CellSpec> time) {
    String run = queue.submit(body);
    Lease lease = worker.takeJob();
    List<RoundSamples> samples = new ArrayList<>();
    List<CellEnding> endings = new ArrayList<>();
    for (CellSpec cell : Cells.of(lease)) {
      double seconds = cell.model().equals("sequential") ? 1 : time.applyAsDouble(cell);
      samples.addAll(samples(cell, busy, seconds));
      endings.add(succeeded(cell, processors));
    }
    worker.send(lease, 0, new Chunk(samples, List.of(), endings));
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);
    return run;
  }

  private List<RoundSamples> samples(CellSpec cell, double busy, double seconds) {
    return IntStream.range(0, ROUNDS)
        .boxed()
        .flatMap(round -> {
          double time = seconds * Math.exp(0.02 * random.nextGaussian());
          double cpu = time * busy * cell.parallelism();
          return List.of(
              new RoundSamples(cell.id(), round, "steady_seconds", 0, new double[] {time}),
              new RoundSamples(cell.id(), round, "cpu_seconds", 0, new double[] {cpu}))
              .stream();
        })
        .toList();
  }

  private static CellEnding succeeded(CellSpec cell, int processors) {
    return new CellEnding(
        cell.id(),
        Outcome.SUCCEEDED,
        null,
        null,
        "cpython-3.14.3-0badcafe",
        ROUNDS,
        1,
        1,
        0,
        null,
        Quality.STABLE,
        List.of(),
        Map.of("cpus", IntStream.range(0, processors).boxed().toList()));
  }

  private JsonNode scaling(String run) {
    return server.admin().get(address(run)).json().path("items");
  }

  private static String address(String run) {
    return "/api/v1/scaling?run=" + run.substring(run.lastIndexOf('/') + 1);
  }

  private static void assertHolds(JsonNode estimate, double value) {
    assertThat(estimate.path("ci_low").asDouble()).isLessThanOrEqualTo(value);
    assertThat(estimate.path("ci_high").asDouble()).isGreaterThanOrEqualTo(value);
    assertThat(estimate.path("ci_high").asDouble() - estimate.path("ci_low").asDouble())
        .isPositive();
  }
}
