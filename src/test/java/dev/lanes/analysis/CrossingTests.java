package dev.lanes.analysis;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Outcome;
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
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

@OnTestServer
class CrossingTests {

  private static final int ROUNDS = 12;

  /** Digits at which a start that costs half as much as the work is made up for by two workers. */
  private static final double TRUTH = 300;

  @Autowired private TestServer server;
  private Queue queue;
  private SimulatedWorker worker;
  private final Random random = new Random(2);

  @BeforeEach
  void aHostWithAnAnchor() {
    server.clear();
    queue = new Queue(server);
    worker = server.worker("w1");
    worker.reportWithBundled();
  }

  @Test
  void theSizeFromWhichOneIsFasterIsToldWithItsInterval() {
    String run = measured(sizes(50, 100, 200, 400, 800, 1600), CrossingTests::seconds);

    var crossing = crossings(run, "a=subinterpreters&b=threads").path(0);

    assertThat(crossing.path("status").asString()).isEqualTo("crossed");
    assertThat(crossing.path("ci_low").asDouble()).isLessThan(TRUTH);
    assertThat(crossing.path("ci_high").asDouble()).isGreaterThan(TRUTH);
    assertThat(crossing.path("octaves").asDouble()).isBetween(0.0, 1.0);
    assertThat(crossing.path("sentence").asString())
        .startsWith("from digits = ")
        .endsWith("subinterpreters is faster than threads");
    assertThat(crossing.path("axes").has("digits")).isFalse();
    assertThat(crossing.path("axes").has("model")).isFalse();
    assertThat(crossing.path("sizes")).hasSize(6);
    assertThat(crossing.path("sizes").path(0).path("ahead").asString()).isEqualTo("b");
    assertThat(crossing.path("sizes").path(5).path("ahead").asString()).isEqualTo("a");
    assertThat(crossing.path("sizes").path(0).path("ratio").asDouble()).isGreaterThan(1);
    assertThat(crossing.path("warnings")).isEmpty();
  }

  @Test
  void theOtherWayRoundTheSizeIsTheSame() {
    String run = measured(sizes(50, 100, 200, 400, 800, 1600), CrossingTests::seconds);

    var one = crossings(run, "a=subinterpreters&b=threads").path(0);
    var other = crossings(run, "a=threads&b=subinterpreters").path(0);

    assertThat(other.path("size")).isEqualTo(one.path("size"));
    assertThat(other.path("ci_low")).isEqualTo(one.path("ci_low"));
    assertThat(other.path("sentence")).isEqualTo(one.path("sentence"));
    assertThat(other.path("sizes").path(0).path("ahead").asString()).isEqualTo("a");
  }

  @Test
  void theSameQuestionGivesTheSameBytes() {
    String run = measured(sizes(50, 100, 200, 400, 800), CrossingTests::seconds);
    String asked = address(run, "a=subinterpreters&b=threads");

    assertThat(server.admin().get(asked).body()).isEqualTo(server.admin().get(asked).body());
  }

  @Test
  void oneThatIsAheadEverywhereIsToldWithTheSizes() {
    String run = measured(sizes(400, 800, 1600), CrossingTests::seconds);

    var crossing = crossings(run, "a=subinterpreters&b=threads").path(0);

    assertThat(crossing.path("status").asString()).isEqualTo("none");
    assertThat(crossing.path("size").isNull()).isTrue();
    assertThat(crossing.path("sentence").asString())
        .isEqualTo(
            "subinterpreters is faster than threads at every size that is decided, from 400 to"
                + " 1600");
  }

  @Test
  void aSizeThatFailedIsLeftOutWithItsReason() {
    String run =
        measured(
            sizes(50, 100, 200, 400, 800, 1600),
            CrossingTests::seconds,
            cell ->
                cell.model().equals("subinterpreters") && digits(cell) == 100
                    ? Cells.failed(cell.id(), Outcome.CRASHED, "SIGSEGV")
                    : Cells.succeeded(cell.id(), ROUNDS));

    var crossing = crossings(run, "a=subinterpreters&b=threads").path(0);

    assertThat(crossing.path("status").asString()).isEqualTo("crossed");
    assertThat(crossing.path("sizes")).hasSize(5);
    assertThat(crossing.path("left_out").path(0).path("x").asDouble()).isEqualTo(100);
    assertThat(crossing.path("left_out").path(0).path("reason").asString())
        .isEqualTo("subinterpreters ended as crashed: SIGSEGV");
  }

  @Test
  void whereMoreIsBetterTheGreaterOneIsAhead() {
    String run = measured(sizes(50, 100, 200, 400, 800), CrossingTests::seconds, "steady_seconds");

    var crossing =
        crossings(run, "a=subinterpreters&b=threads&measure=throughput_per_second").path(0);

    assertThat(crossing.path("sizes").path(0).path("ratio").asDouble()).isBetween(0.1, 0.9);
    assertThat(crossing.path("sizes").path(0).path("ahead").asString()).isEqualTo("b");
    assertThat(crossing.path("sizes").path(4).path("ahead").asString()).isEqualTo("a");
    assertThat(crossing.path("sentence").asString())
        .endsWith("subinterpreters has higher throughput than threads");
  }

  @Test
  void whatCannotBeAskedIsToldWithWhatCan() {
    String run = measured(sizes(50, 100, 200), CrossingTests::seconds);

    assertRefused(run, "x=model&a=subinterpreters&b=threads", "/x");
    assertRefused(run, "x=digits&a=asyncio&b=threads", "/a");
    assertRefused(run, "x=digits&a=threads&b=asyncio", "/b");
    assertRefused(run, "x=digits&a=threads&b=threads", "/b");
    assertRefused(run, "x=digits&a=threads&b=subinterpreters&pivot=digits", "/pivot");
    assertRefused(run, "x=digits&a=threads&b=subinterpreters&measure=speed", "/measure");
  }

  private void assertRefused(String run, String question, String pointer) {
    var answer = server.admin().get("/api/v1/crossovers?run=%s&%s".formatted(id(run), question));

    assertThat(answer.status()).isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT.value());
    var error = answer.json().path("errors").path(0);
    assertThat(error.path("pointer").asString()).isEqualTo(pointer);
    assertThat(error.path("allowed")).isNotEmpty();
  }

  private static RunBody sizes(Object... digits) {
    return aRun().axis("model", "threads", "subinterpreters").axis("digits", digits);
  }

  private static long digits(CellSpec cell) {
    return ((Number) cell.parameters().get("digits")).longValue();
  }

  private static double seconds(CellSpec cell) {
    if (cell.role() != ArmRole.SUBJECT) {
      return 1;
    }
    double work = digits(cell) / TRUTH;
    return cell.model().equals("threads") ? work : 0.5 + work / 2;
  }

  private String measured(RunBody body, ToDoubleFunction<CellSpec> seconds) {
    return measured(body, seconds, "total_seconds");
  }

  private String measured(RunBody body, ToDoubleFunction<CellSpec> seconds, String measure) {
    return measured(body, seconds, cell -> Cells.succeeded(cell.id(), ROUNDS), measure);
  }

  private String measured(
      RunBody body, ToDoubleFunction<CellSpec> seconds, Function<CellSpec, CellEnding> ending) {
    return measured(body, seconds, ending, "total_seconds");
  }

  private String measured(
      RunBody body,
      ToDoubleFunction<CellSpec> seconds,
      Function<CellSpec, CellEnding> ending,
      String measure) {
    String run = queue.submit(body);
    Lease lease = worker.takeJob();
    List<RoundSamples> samples = new ArrayList<>();
    List<CellEnding> endings = new ArrayList<>();
    for (CellSpec cell : Cells.of(lease)) {
      for (int round = 0; round < ROUNDS; round++) {
        double value = seconds.applyAsDouble(cell) * Math.exp(0.03 * random.nextGaussian());
        samples.add(new RoundSamples(cell.id(), round, measure, 0, new double[] {value}));
      }
      endings.add(ending.apply(cell));
    }
    worker.send(lease, 0, new Chunk(samples, List.of(), endings));
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);
    return run;
  }

  private JsonNode crossings(String run, String question) {
    return server.admin().get(address(run, question)).json().path("items");
  }

  private static String address(String run, String question) {
    return "/api/v1/crossovers?run=%s&x=digits&%s".formatted(id(run), question);
  }

  private static String id(String run) {
    return run.substring(run.lastIndexOf('/') + 1);
  }
}
