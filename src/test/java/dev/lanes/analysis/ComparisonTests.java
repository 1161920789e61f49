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
import dev.lanes.protocol.Chunk.RoundSamples;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.JobSpec.CellSpec;
import dev.lanes.protocol.Lease;
import dev.lanes.run.Cells;
import dev.lanes.run.Queue;
import dev.lanes.run.RunBody;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
    var run = models("sequential", "threads").axis("tasks", 1, 2);
    String address = measured(run, 8, ComparisonTests::threadsTwiceAsFast);

    var comparison =
        server.admin().get(address(address, "1") + "&pivot=tasks").json().path("groups");

    assertThat(comparison).hasSize(2);
    var entry = comparison.path(0).path("entries").path(1);
    assertThat(entry.path("value").asInt()).isEqualTo(2);
    assertThat(entry.path("ratio").isNull()).isTrue();
    assertThat(entry.path("reason").asString()).contains("other rounds");
    assertThat(entry.path("median").asDouble()).isPositive();
  }

  @Test
  void numbersOfWorkersAreComparedAsPairs() {
    var run = models("sequential", "threads").axis("parallelism", 1, 2);
    String address = measured(run, 8, ComparisonTests::threadsTwiceAsFast);

    var comparison =
        server.admin().get(address(address, "1") + "&pivot=parallelism").json().path("groups");

    var entry = comparison.path(0).path("entries").path(1);
    assertThat(entry.path("value").asInt()).isEqualTo(2);
    assertThat(entry.path("paired").asBoolean()).isTrue();
    assertThat(entry.path("ratio").isNull()).isFalse();
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

  @Test
  void theThresholdIsWhatTheGroupsEqualArmsAllow() {
    String calm = measured(models("sequential", "threads"), 8, ComparisonTests::threadsTwiceAsFast);
    String restless = measured(models("sequential", "threads"), 8, ComparisonTests::restless);

    var group = compare(calm, "sequential").path("groups").path(0);
    var other = compare(restless, "sequential").path("groups").path(0);

    assertThat(group.path("threshold").asDouble()).isEqualTo(0.02);
    var placebo = group.path("placebo");
    assertThat(placebo.path("ratio").asDouble()).isEqualTo(1.0);
    assertThat(placebo.path("rounds").asInt()).isEqualTo(8);
    assertThat(placebo.path("cell").asString()).isNotBlank();
    double low = other.path("placebo").path("ci_low").asDouble();
    double high = other.path("placebo").path("ci_high").asDouble();
    assertThat(low).isLessThan(1.0);
    assertThat(high).isGreaterThan(1.0);
    assertThat(other.path("threshold").asDouble())
        .isCloseTo(1.5 * (Math.sqrt(high / low) - 1), within(1e-12))
        .isGreaterThan(0.02);
  }

  @Test
  void thePlaceboRepeatsTheFirstCellWhateverTheBaseline() {
    String run = measured(models("sequential", "threads"), 8, ComparisonTests::threadsTwiceAsFast);

    var group = compare(run, "threads").path("groups").path(0);

    assertThat(group.path("placebo").path("ratio").asDouble()).isEqualTo(1.0);
  }

  @Test
  void theAnchorIsWhatTheBaselineIsToldBy() {
    worker.reportWithBundled();
    String run = measured(models("sequential", "threads"), 8, ComparisonTests::threadsTwiceAsFast);

    var anchor = compare(run, "sequential").path("groups").path(0).path("anchor");
    var without = compare(run, "threads").path("groups").path(0).path("anchor");

    assertThat(anchor.path("ratio").asDouble()).isEqualTo(4.0);
    assertThat(anchor.path("ci_low").asDouble()).isEqualTo(4.0);
    assertThat(anchor.path("rounds").asInt()).isEqualTo(8);
    assertThat(without.path("ratio").asDouble()).isCloseTo(2.0, within(0.02));
  }

  @Test
  void severalContendersAreJudgedAmongEachOther() {
    String run =
        measured(
            models("sequential", "threads", "asyncio"), 8, ComparisonTests::threadsTwiceAsFast);
    String alone =
        measured(models("sequential", "threads"), 8, ComparisonTests::threadsTwiceAsFast);

    var threads = entry(compare(run, "sequential"), "threads");
    var asyncio = entry(compare(run, "sequential"), "asyncio");

    // Of 2^8 sign patterns two are as extreme as eight rounds that agree.
    assertThat(threads.path("adjusted_p").asDouble()).isEqualTo(2 / 256.0);
    assertThat(threads.path("verdict").asString()).isEqualTo("faster");
    assertThat(asyncio.path("adjusted_p").asDouble()).isEqualTo(1.0);
    assertThat(entry(compare(run, "sequential"), "sequential").path("adjusted_p").isNull())
        .isTrue();
    assertThat(entry(compare(alone, "sequential"), "threads").path("adjusted_p").isNull()).isTrue();
  }

  @Test
  void aDifferenceThatOneOfManyShowsByChanceIsNoVerdict() {
    // Six rounds that agree have p = 1/32 alone; beside three restless arms, it is no find.
    ToDoubleBiFunction<CellSpec, Integer> seconds =
        (cell, round) ->
            switch (cell.model()) {
              case "sequential" -> 1.0;
              case "threads" -> round % 2 == 0 ? 0.999 : 0.9;
              default -> 1.0 + Math.sin(1 + 7.0 * round * cell.model().hashCode()) * 0.05;
            };
    String run =
        measured(
            models("sequential", "threads", "asyncio", "processes:fork", "processes:spawn"),
            6,
            seconds);

    var threads = entry(compare(run, "sequential"), "threads");

    assertThat(threads.path("ci_high").asDouble()).isLessThan(1);
    assertThat(threads.path("adjusted_p").asDouble()).isGreaterThan(0.05);
    assertThat(threads.path("verdict").asString()).isEqualTo("unknown");
    assertThat(threads.path("sentence").asString()).contains("among all arms");
  }

  @Test
  void eachRoundIsShownAndTheCleanOnesByThemselves() {
    queue.submit(models("sequential", "threads"));
    Lease lease = worker.takeJob();
    // Two disturbed rounds, in which threads look slow.
    ToDoubleBiFunction<CellSpec, Integer> seconds =
        (cell, round) -> cell.model().equals("threads") ? (round == 2 || round == 5 ? 2 : 0.5) : 1;
    List<Chunk.RoundEvidence> rounds = new ArrayList<>();
    for (int round = 0; round < 8; round++) {
      rounds.add(
          round == 2 || round == 5
              ? Cells.evidence(0, round, "the processor was taken away")
              : Cells.evidence(0, round));
    }
    send(lease, 8, seconds, rounds, _ -> Quality.STABLE);

    var group = compare("/api/v1/runs/" + lease.job().run(), "sequential").path("groups").path(0);

    assertThat(group.path("rounds_dirty").asInt()).isEqualTo(2);
    var threads = group.path("entries").path(1);
    assertThat(threads.path("round_ratios").toString())
        .isEqualTo("[0.5,0.5,2.0,0.5,0.5,2.0,0.5,0.5]");
    assertThat(threads.path("round_dirty").toString())
        .isEqualTo("[false,false,true,false,false,true,false,false]");
    var clean = threads.path("clean");
    assertThat(clean.path("ratio").asDouble()).isEqualTo(0.5);
    assertThat(clean.path("ci_low").asDouble()).isEqualTo(0.5);
    assertThat(clean.path("rounds").asInt()).isEqualTo(6);
    assertThat(threads.path("rounds").asInt()).as("dirty rounds count").isEqualTo(8);
  }

  @Test
  void withoutEvidenceNoRoundIsCalledClean() {
    String run = measured(models("sequential", "threads"), 8, ComparisonTests::threadsTwiceAsFast);

    var threads = entry(compare(run, "sequential"), "threads");

    assertThat(threads.path("clean").isNull()).isTrue();
    assertThat(threads.path("round_dirty").toString()).doesNotContain("true");
  }

  @Test
  void anInvalidCellIsNeitherJudgedNorRanked() {
    String run =
        measured(
            models("sequential", "threads", "asyncio"),
            8,
            ComparisonTests::threadsTwiceAsFast,
            cell -> cell.model().equals("threads") ? Quality.INVALID : Quality.STABLE);

    var group = compare(run, "sequential").path("groups").path(0);
    var threads = group.path("entries").path(1);

    assertThat(threads.path("quality").asString()).isEqualTo("invalid");
    assertThat(threads.path("verdict").asString()).isEqualTo("unknown");
    assertThat(threads.path("matters").asBoolean()).isFalse();
    assertThat(threads.path("sentence").asString()).contains("invalid", "equal arms differ");
    assertThat(group.path("fastest").toString()).isEqualTo("[\"sequential\",\"asyncio\"]");
    assertThat(group.path("headline").asString()).endsWith("; invalid and left out: threads");
    assertThat(group.path("entries").path(2).path("adjusted_p").isNull())
        .as("the invalid one is no contender")
        .isTrue();
  }

  @Test
  void nothingIsComparedWithAnInvalidBaseline() {
    String run =
        measured(
            models("sequential", "threads"),
            8,
            ComparisonTests::threadsTwiceAsFast,
            cell -> cell.model().equals("sequential") ? Quality.INVALID : Quality.STABLE);

    var group = compare(run, "sequential").path("groups").path(0);

    assertThat(group.path("entries").path(1).path("verdict").asString()).isEqualTo("unknown");
    assertThat(group.path("entries").path(1).path("sentence").asString())
        .contains("the baseline's figures are invalid");
    assertThat(group.path("fastest")).isEmpty();
    assertThat(group.path("headline").asString())
        .isEqualTo("no answer: the figures of sequential are invalid");
  }

  @Test
  void anUnstableCellMayWinButTheHeadlineSaysSo() {
    String run =
        measured(
            models("sequential", "threads"),
            8,
            ComparisonTests::threadsTwiceAsFast,
            cell -> cell.model().equals("threads") ? Quality.UNSTABLE : Quality.STABLE);

    var group = compare(run, "sequential").path("groups").path(0);

    assertThat(group.path("fastest").toString()).isEqualTo("[\"threads\"]");
    assertThat(group.path("headline").asString())
        .startsWith("threads is 1.992× faster")
        .endsWith("; threads is unstable: equal arms differ");
  }

  @Test
  void aRatioOfSumsIsToldWhereFewTurnsCarryIt() {
    queue.submit(models("sequential", "threads"));
    Lease lease = worker.takeJob();
    List<RoundSamples> samples = new ArrayList<>();
    for (CellSpec cell : Cells.of(lease)) {
      for (int round = 0; round < 8; round++) {
        // A pause in one of five turns: the median does not see it, the sum does.
        double pause = cell.model().equals("threads") ? 6 : 1;
        double[] values = {1, 1, pause, 1, 1};
        samples.add(new RoundSamples(cell.id(), round, "steady_seconds", 0, values));
      }
    }
    var endings = Cells.of(lease).stream().map(cell -> Cells.succeeded(cell.id(), 8)).toList();
    worker.send(lease, 0, new Chunk(samples, List.of(), endings));
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);

    var steady = address("/" + lease.job().run(), "sequential") + "&measure=steady_seconds";
    var threads = entry(server.admin().get(steady).json(), "threads");

    assertThat(threads.path("ratio").asDouble()).isEqualTo(1.0);
    assertThat(threads.path("total_ratio").asDouble()).isCloseTo(2.0, within(1e-15));
    assertThat(entry(server.admin().get(steady).json(), "sequential").path("total_ratio").isNull())
        .isTrue();
  }

  @Test
  void swappingTurnsEveryRoundRound() {
    String run = measured(models("sequential", "threads"), 20, ComparisonTests::restless);

    var forth = entry(compare(run, "sequential"), "threads");
    var back = entry(compare(run, "threads"), "sequential");

    assertInverse(forth.path("ratio"), back.path("ratio"));
    assertInverse(forth.path("ci_low"), back.path("ci_high"));
    for (int round = 0; round < 20; round++) {
      assertInverse(forth.path("round_ratios").path(round), back.path("round_ratios").path(round));
    }
  }

  @Test
  void theSameCallGivesTheSameBytesWhereSignsAreDrawn() {
    // Beyond 13 rounds not all sign patterns are gone through.
    String run =
        measured(
            models("sequential", "threads", "asyncio", "processes:fork"),
            20,
            ComparisonTests::restless);
    String call = address(run, "sequential");

    String first = server.admin().get(call).body();

    assertThat(first).contains("\"adjusted_p\":0.");
    for (int again = 0; again < 3; again++) {
      assertThat(server.admin().get(call).body()).isEqualTo(first);
    }
  }

  private static double threadsTwiceAsFast(CellSpec cell, int round) {
    // Not exactly twice, so that the interval has a width.
    double own = cell.model().equals("threads") ? 0.5 + 0.002 * (round % 3) : 1.0;
    return (cell.role() == ArmRole.ANCHOR ? 0.25 : own) * UNREST[round];
  }

  /** Every arm has an unrest of its own, which no pairing takes away. */
  private static double restless(CellSpec cell, int round) {
    int arm = 31 * cell.role().name().hashCode() + cell.model().hashCode();
    return 1 + 0.1 * Math.sin(arm + 7.0 * round * round);
  }

  private static RunBody models(Object... models) {
    return aRun().axis("model", models);
  }

  /** Submits a run and measures every cell in the given number of rounds. */
  private String measured(RunBody body, int rounds, ToDoubleBiFunction<CellSpec, Integer> seconds) {
    return measured(body, rounds, seconds, _ -> Quality.STABLE);
  }

  private String measured(
      RunBody body,
      int rounds,
      ToDoubleBiFunction<CellSpec, Integer> seconds,
      Function<CellSpec, Quality> quality) {
    String run = queue.submit(body);
    send(worker.takeJob(), rounds, seconds, List.of(), quality);
    return run;
  }

  private void send(
      Lease lease,
      int rounds,
      ToDoubleBiFunction<CellSpec, Integer> seconds,
      List<Chunk.RoundEvidence> evidence,
      Function<CellSpec, Quality> quality) {
    List<RoundSamples> samples = new ArrayList<>();
    List<Chunk.CellEnding> endings = new ArrayList<>();
    for (CellSpec cell : Cells.of(lease)) {
      for (int round = 0; round < rounds; round++) {
        samples.add(Cells.total(cell.id(), round, seconds.applyAsDouble(cell, round)));
      }
      endings.add(Cells.ended(cell.id(), rounds, quality.apply(cell), "equal arms differ"));
    }
    worker.send(lease, 0, new Chunk(samples, evidence, endings));
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);
  }

  private static String address(String run, String baseline) {
    String id = run.substring(run.lastIndexOf('/') + 1);
    return "/api/v1/comparisons?run=%s&baseline=%s".formatted(id, baseline);
  }

  private JsonNode compare(String run, String baseline) {
    return server.admin().get(address(run, baseline)).json();
  }

  private static JsonNode entry(JsonNode comparison, String value) {
    Map<String, JsonNode> entries = new HashMap<>();
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
