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
import dev.lanes.run.SizeSearch;
import dev.lanes.run.SizeSearches;
import dev.lanes.statistics.Crossover;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

@OnTestServer
class CrossoverSearchTests {

  private static final int ROUNDS = 12;
  private static final double TRUTH = 300;

  @Autowired private TestServer server;
  @Autowired private CrossoverSearch searches;
  @Autowired private SizeSearches due;
  private Queue queue;
  private SimulatedWorker worker;
  private final Random random = new Random(3);

  @BeforeEach
  void aHostWithAnAnchor() {
    server.clear();
    queue = new Queue(server);
    worker = server.worker("w1");
    worker.reportWithBundled();
  }

  @Test
  void sizesAreAddedInsideTheIntervalUntilItIsNarrow() {
    String run = queue.submit(goal(50, 200, 800, 3200));
    List<Long> tried = new ArrayList<>();
    int jobs = 0;

    while (search(run).path("state").asString().equals("searching")) {
      assertThat(jobs++).as("jobs").isLessThan(10);
      tried.addAll(measure(CrossoverSearchTests::seconds));
      assertThat(get(run).path("state").asString()).isEqualTo("running");
      searches.search();
    }

    assertThat(search(run).path("state").asString()).isEqualTo("found");
    assertThat(search(run).path("steps").asInt()).isEqualTo(jobs - 1).isPositive();
    assertThat(get(run).path("state").asString()).isEqualTo("completed");
    assertThat(tried).as("no size twice").doesNotHaveDuplicates();
    assertThat(tried.subList(4, tried.size()))
        .allSatisfy(size -> assertThat(size).isBetween(200L, 800L));
    assertThat(get(run).path("progress").path("cells_total").asInt()).isEqualTo(2 * tried.size());
    assertThat(get(run).path("progress").path("cells_done").asInt()).isEqualTo(2 * tried.size());
    var crossing =
        server
            .admin()
            .get(
                "/api/v1/crossovers?run=%s&x=digits&a=subinterpreters&b=threads".formatted(id(run)))
            .json()
            .path("items")
            .path(0);
    assertThat(crossing.path("octaves").asDouble()).isLessThanOrEqualTo(0.25);
    assertThat(crossing.path("ci_low").asDouble()).isLessThan(TRUTH);
    assertThat(crossing.path("ci_high").asDouble()).isGreaterThan(TRUTH);
  }

  @Test
  void furtherSizesAreMeasuredOnTheHostOfTheFirst() {
    SimulatedWorker other = server.worker("w2");
    other.reportWithBundled();
    String run = queue.submit(goal(50, 200, 800, 3200));
    measure(CrossoverSearchTests::seconds);
    searches.search();

    assertThat(other.idle().lease()).isNull();
    assertThat(worker.takeJob().job().run().toString()).isEqualTo(id(run));
  }

  @Test
  void oneThatIsAheadEverywhereEndsTheSearchWithTheAnswer() {
    String run = queue.submit(goal(50, 100, 200));
    measure(cell -> cell.model().equals("threads") ? 1 : 2);
    searches.search();

    assertThat(search(run).path("state").asString()).isEqualTo("ended");
    assertThat(search(run).path("reason").asString())
        .isEqualTo(
            "threads is faster than subinterpreters at every size that is decided, from 50 to 200");
    assertThat(get(run).path("state").asString()).isEqualTo("completed");
  }

  @Test
  void withoutSizesBetweenTheSearchEnds() {
    String run = queue.submit(goal(299, 300, 301).with("goal", crossover(Map.of("octaves", 0.02))));
    measure(cell -> cell.model().equals("threads") == digits(cell) < 300 ? 1 : 2);
    searches.search();

    assertThat(search(run).path("state").asString()).isIn("found", "ended");
    assertThat(get(run).path("jobs")).hasSize(1);
    assertThat(get(run).path("state").asString()).isEqualTo("completed");
  }

  @Test
  void twoServersThatDecideTheSameAddOneJob() {
    String run = queue.submit(goal(50, 200, 800, 3200));
    measure(CrossoverSearchTests::seconds);
    SizeSearches.Due seen = due.due().getFirst();

    due.extend(seen, List.of(300L));
    due.extend(seen, List.of(300L));
    due.end(seen, "late");

    assertThat(get(run).path("jobs")).hasSize(2);
    assertThat(search(run).path("state").asString()).isEqualTo("searching");
  }

  @Test
  void aCancelledRunLooksNoFurther() {
    String run = queue.submit(goal(50, 200, 800, 3200));
    measure(CrossoverSearchTests::seconds);
    server.admin().post(run + "/cancellation", "");
    searches.search();

    assertThat(search(run).path("state").asString()).isEqualTo("ended");
    assertThat(search(run).path("reason").asString()).isEqualTo("the run was cancelled");
    assertThat(get(run).path("jobs")).hasSize(1);
    assertThat(get(run).path("finished_at").isNull()).isFalse();
  }

  @Test
  void sizesThatFailEndTheSearchWithTheirReason() {
    String run = queue.submit(goal(50, 200, 800));
    Lease lease = worker.takeJob();
    List<CellEnding> endings =
        Cells.of(lease).stream()
            .map(cell -> Cells.failed(cell.id(), Outcome.CRASHED, "SIGSEGV"))
            .toList();
    worker.send(lease, 0, new Chunk(List.of(), List.of(), endings));
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);
    searches.search();

    assertThat(search(run).path("state").asString()).isEqualTo("ended");
    assertThat(search(run).path("reason").asString()).isEqualTo("no answer: 0 of at least 3 sizes");
  }

  /** Or sizes that are added would make undecided what was decided. */
  @Test
  void theRoundsOfASearchAreEnoughForAllOfItsSizes() {
    assertThat(Crossover.fewestRounds(SizeSearch.MOST_SIZES)).isEqualTo(SizeSearch.FEWEST_ROUNDS);

    queue.submit(
        goal(50, 200, 800, 3200).with("precision", Map.of("min_rounds", 6, "max_rounds", 40)));
    assertThat(worker.takeJob().job().precision().minRounds()).isEqualTo(SizeSearch.FEWEST_ROUNDS);
  }

  @Test
  void fewerRoundsThanASearchNeedsAreRefused() {
    assertRefused(
        goal(50, 200, 800).with("precision", Map.of("max_rounds", 9)), "/precision/max_rounds");
  }

  @Test
  void aRunWithoutAGoalHasNoSearch() {
    String run = queue.submit(aRun());

    assertThat(search(run).isNull()).isTrue();
  }

  @Test
  void aGoalThatCannotBeReachedIsRefusedWithWhatIsAllowed() {
    assertRefused(goal(50, 200), "/goal/crossover/a");
    assertRefused(goal(50, 200, 800).with("goal", Map.of()), "/goal/crossover");
    assertRefused(
        goal(50, 200, 800).with("goal", crossover(Map.of("x", "model"))), "/goal/crossover/x");
    assertRefused(
        goal(50, 200, 800).with("goal", crossover(Map.of("a", Map.of()))), "/goal/crossover/a");
    assertRefused(
        goal(50, 200, 800).with("goal", crossover(Map.of("b", Map.of("model", "subinterpreters")))),
        "/goal/crossover/b");
    assertRefused(
        goal(50, 200, 800).with("goal", crossover(Map.of("octaves", 0))),
        "/goal/crossover/octaves");
    assertRefused(
        goal(50, 200, 800).with("goal", crossover(Map.of("measure", "speed"))),
        "/goal/crossover/measure");
    assertRefused(goal(50, 200, 800).axis("tasks", 2, 4), "/matrix");
  }

  private void assertRefused(RunBody body, String pointer) {
    var answer = server.admin().post("/api/v1/runs", body.json());

    assertThat(answer.status()).isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT.value());
    assertThat(answer.json().path("errors").path(0).path("pointer").asString()).isEqualTo(pointer);
    assertThat(server.jdbc().sql("SELECT count(*) FROM run").query(Integer.class).single())
        .isZero();
  }

  private static RunBody goal(Object... digits) {
    return aRun()
        .axis("model", "threads", "subinterpreters")
        .axis("digits", digits)
        .with("goal", crossover(Map.of()));
  }

  private static Map<String, Object> crossover(Map<String, Object> changed) {
    Map<String, Object> asked = new HashMap<>();
    asked.put("x", "digits");
    asked.put("a", Map.of("model", "subinterpreters"));
    asked.put("b", Map.of("model", "threads"));
    asked.putAll(changed);
    return Map.of("crossover", asked);
  }

  private static long digits(CellSpec cell) {
    return ((Number) cell.parameters().get("digits")).longValue();
  }

  private static double seconds(CellSpec cell) {
    double work = digits(cell) / TRUTH;
    return cell.model().equals("threads") ? work : 0.5 + work / 2;
  }

  /** Measures the next job; the sizes that it had. */
  private List<Long> measure(ToDoubleFunction<CellSpec> seconds) {
    Lease lease = worker.takeJob();
    List<RoundSamples> samples = new ArrayList<>();
    List<CellEnding> endings = new ArrayList<>();
    for (CellSpec cell : Cells.of(lease)) {
      double middle = cell.role() == ArmRole.ANCHOR ? 1 : seconds.applyAsDouble(cell);
      for (int round = 0; round < ROUNDS; round++) {
        double value = middle * Math.exp(0.1 * random.nextGaussian());
        samples.add(new RoundSamples(cell.id(), round, "total_seconds", 0, new double[] {value}));
      }
      endings.add(Cells.succeeded(cell.id(), ROUNDS));
    }
    worker.send(lease, 0, new Chunk(samples, List.of(), endings));
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);
    return Cells.of(lease).stream()
        .filter(cell -> cell.role() == ArmRole.SUBJECT && cell.model().equals("threads"))
        .map(CrossoverSearchTests::digits)
        .toList();
  }

  private JsonNode search(String run) {
    return get(run).path("search");
  }

  private JsonNode get(String run) {
    return server.admin().get(run).json();
  }

  private static String id(String run) {
    return run.substring(run.lastIndexOf('/') + 1);
  }
}
