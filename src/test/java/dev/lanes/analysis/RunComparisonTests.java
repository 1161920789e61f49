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
import dev.lanes.web.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Cells that did not share their rounds: of two runs, and of one run where it is asked for. */
@OnTestServer
class RunComparisonTests {

  private static final int ROUNDS = 12;
  private static final String BUILD = "cpython-3.14.3-0badcafe";

  @Autowired private TestServer server;
  private Queue queue;
  private SimulatedWorker worker;

  @BeforeEach
  void anEmptyQueue() {
    server.clear();
    queue = new Queue(server);
    worker = server.worker("w1");
    worker.reportWithBundled();
  }

  @Test
  void aSlowerHostIsNoSlowerProgramWhereTheAnchorTells() {
    String before = run(models(), noise(1, 1.0));
    String after = run(models(), noise(2, 1.3));

    var comparison = compare(after, before);

    assertThat(comparison.path("pivot").asString()).isEqualTo("run");
    assertThat(comparison.path("against").asString()).isEqualTo(before);
    assertThat(comparison.path("baseline").asString()).isEqualTo(before);
    assertThat(comparison.path("groups")).hasSize(2);
    var threads = contender(comparison, "threads");
    assertThat(threads.path("value").asString()).isEqualTo(after);
    assertThat(threads.path("paired").asBoolean()).isFalse();
    assertThat(threads.path("ratio").asDouble()).isCloseTo(1.0, within(0.02));
    assertThat(threads.path("rounds").asInt()).isEqualTo(ROUNDS);
    assertThat(codes(threads)).containsExactly("unpaired");
    assertThat(comparison.path("summary").path("sentence").asString())
        .isEqualTo("0 of 2 cells differ at FDR 5 %");
    assertThat(comparison.path("groups").path(0).path("fastest")).isEmpty();
  }

  @Test
  void withoutAnAnchorTheHostIsInTheRatioAndTheAnswerSaysSo() {
    worker.report();
    String before = run(models(), noise(1, 1.0));
    String after = run(models(), noise(2, 1.3));

    var threads = contender(compare(after, before), "threads");

    assertThat(threads.path("ratio").asDouble()).isCloseTo(1.3, within(0.03));
    assertThat(codes(threads)).containsExactly("unanchored");
  }

  @Test
  void aRealDifferenceIsFoundAndToldInTheWordsOfTheMeasure() {
    String before = run(models(), noise(1, 1.0));
    String after = run(models(), slowerThreads(2));

    var comparison = compare(after, before);

    var threads = contender(comparison, "threads");
    assertThat(threads.path("verdict").asString()).isEqualTo("slower");
    assertThat(threads.path("matters").asBoolean()).isTrue();
    assertThat(threads.path("ci_low").asDouble()).isBetween(1.15, 1.2);
    assertThat(threads.path("q_value").asDouble()).isLessThan(0.001);
    assertThat(threads.path("chance").asDouble()).isLessThan(0.05);
    var summary = comparison.path("summary");
    assertThat(summary.path("sentence").asString())
        .isEqualTo("1 of 2 cells differs at FDR 5 %: 0 faster, 1 slower");
    var mean = summary.path("means").path(0);
    assertThat(mean.path("cells").asInt()).isEqualTo(2);
    assertThat(mean.path("ratio").asDouble()).isCloseTo(Math.sqrt(1.2), within(0.01));
    assertThat(mean.path("ci_low").asDouble()).isBetween(1.08, mean.path("ratio").asDouble());
    assertThat(mean.path("max").asDouble()).isEqualTo(threads.path("ratio").asDouble());
    assertThat(mean.path("worse").asInt()).isEqualTo(1);
    assertThat(mean.path("sentence").asString()).matches("1\\.\\d+× slower \\[.+]");
  }

  @Test
  void swappingTheRunsMirrorsEverything() {
    String before = run(models(), noise(1, 1.0));
    String after = run(models(), slowerThreads(2));

    for (String measure : List.of("total_seconds", "throughput_per_second")) {
      var forth = compare(after, before, "&measure=" + measure);
      var back = compare(before, after, "&measure=" + measure);

      for (String model : List.of("sequential", "threads")) {
        var one = contender(forth, model);
        var other = contender(back, model);
        assertInverse(one.path("ratio"), other.path("ratio"));
        assertInverse(one.path("ci_low"), other.path("ci_high"));
        assertThat(other.path("p_value").asDouble()).isEqualTo(one.path("p_value").asDouble());
        assertThat(other.path("q_value").asDouble()).isEqualTo(one.path("q_value").asDouble());
        assertThat(one.path("chance").asDouble() + other.path("chance").asDouble())
            .isCloseTo(1, within(1e-15));
      }
      assertThat(contender(forth, "threads").path("verdict").asString()).isEqualTo("slower");
      assertThat(contender(back, "threads").path("verdict").asString()).isEqualTo("faster");
      var mean = forth.path("summary").path("means").path(0);
      var mirrored = back.path("summary").path("means").path(0);
      assertInverse(mean.path("ratio"), mirrored.path("ratio"));
      assertInverse(mean.path("ci_high"), mirrored.path("ci_low"));
      assertInverse(mean.path("min"), mirrored.path("max"));
      assertThat(mirrored.path("better").asInt()).isEqualTo(mean.path("worse").asInt());
    }
  }

  @Test
  void moreThroughputIsBetter() {
    String before = run(models(), noise(1, 1.0));
    String after = run(models(), slowerThreads(2));

    var comparison = compare(after, before, "&measure=throughput_per_second");

    assertThat(comparison.path("measure").path("direction").asString())
        .isEqualTo("higher_is_better");
    var threads = contender(comparison, "threads");
    assertThat(threads.path("ratio").asDouble()).isCloseTo(1 / 1.2, within(0.02));
    assertThat(threads.path("verdict").asString()).isEqualTo("slower");
    assertThat(threads.path("sentence").asString()).contains("× lower throughput [");
    // Two tasks a batch, which takes threads 1.2 s and what unrest adds, 5.5 % in the mean.
    assertThat(threads.path("median").asDouble()).isCloseTo(2 / 1.2 / 1.055, within(0.04));
    assertThat(contender(comparison, "sequential").path("verdict").asString())
        .isNotEqualTo("slower");
  }

  @Test
  void memoryIsToldAsMemory() {
    String before = run(models(), noise(1, 1.0));
    String after = run(models(), slowerThreads(2));

    var threads = contender(compare(after, before, "&measure=peak_pss_bytes"), "threads");

    assertThat(threads.path("sentence").asString()).contains("× more memory [");
    assertThat(codes(threads)).containsExactly("unpaired");
  }

  @Test
  void theSameCallGivesTheSameBytes() {
    String before = run(models(), noise(1, 1.0));
    String after = run(models(), slowerThreads(2));

    for (String call : List.of(address(after, before), measures(after, before))) {
      String first = server.admin().get(call).body();
      assertThat(first).contains("\"q_value\":");
      assertThat(server.admin().get(call).body()).isEqualTo(first);
    }
  }

  @Test
  void otherHostsAreComparedOnlyWhereItIsAskedFor() {
    String before = run(models(), noise(1, 1.0));
    SimulatedWorker other = server.worker("w2");
    other.reportWithBundled();
    queue.submit(models());
    Lease lease = other.takeJob();
    measure(other, lease, noise(2, 1.3), BUILD, session("another", 3));
    String after = lease.job().run().toString();

    var threads = contender(compare(after, before), "threads");
    var asked = contender(compare(after, before, "&across=host"), "threads");

    assertThat(threads.path("ratio").isNull()).isTrue();
    assertThat(threads.path("verdict").asString()).isEqualTo("unknown");
    assertThat(threads.path("needs").asString()).isEqualTo("across=host");
    assertThat(threads.path("reason").asString())
        .isEqualTo(
            "measured on w2, the baseline on w1; not comparable unless asked for by across=host");
    assertThat(asked.path("ratio").asDouble())
        .as("how fast the host is belongs to the answer")
        .isCloseTo(1.3, within(0.03));
    assertThat(codes(asked)).containsExactly("unanchored", "hosts_differ");
    assertThat(compare(after, before).path("summary").path("sentence").asString())
        .isEqualTo("nothing has been compared");
  }

  @ParameterizedTest
  @CsvSource({
    "another, 3, environment, environments_differ",
    "the same, 4, protocol, protocols_differ"
  })
  void whatElseChangedHasToBeAskedForToo(
      String fingerprint, int protocol, String across, String code) {
    String before = run(models(), noise(1, 1.0));
    String after = run(models(), noise(2, 1.0), BUILD, session(fingerprint, protocol));

    var refused = contender(compare(after, before), "threads");
    var asked = contender(compare(after, before, "&across=" + across), "threads");

    assertThat(refused.path("ratio").isNull()).isTrue();
    assertThat(refused.path("needs").asString()).isEqualTo("across=" + across);
    assertThat(asked.path("ratio").asDouble()).isCloseTo(1.0, within(0.02));
    assertThat(codes(asked)).containsExactly("unpaired", code);
  }

  @Test
  void anotherFileOfTheWorkloadIsAnotherProgram() {
    String before = run(models(), noise(1, 1.0));
    String after = run(models(), noise(2, 1.0));
    server
        .jdbc()
        .sql(
            "UPDATE cell SET workload_sha256 = 'other' WHERE run_id = :run::uuid AND role ="
                + " 'subject'")
        .param("run", before)
        .update();

    var refused = contender(compare(after, before), "threads");
    var asked = contender(compare(after, before, "&across=workload,host"), "threads");

    assertThat(refused.path("needs").asString()).isEqualTo("across=workload");
    assertThat(refused.path("reason").asString()).contains("the file of pi is another one");
    assertThat(codes(asked)).containsExactly("unpaired", "workloads_differ");
  }

  @Test
  void anotherBuildIsWhatRunsAreComparedForAndIsTold() {
    String before = run(models(), noise(1, 1.0));
    String after = run(models(), noise(2, 1.0), "cpython-3.14.4-0000cafe", session("the same", 3));

    var threads = contender(compare(after, before), "threads");

    assertThat(threads.path("ratio").isNull()).isFalse();
    // The anchor ran on another build too, so it tells nothing.
    assertThat(codes(threads)).containsExactly("unanchored", "builds_differ");
  }

  @Test
  void anUnknownEnvironmentIsToldAndNotGuessed() {
    String before = run(models(), noise(1, 1.0), BUILD, Map.of("protocol_version", 3));
    String after = run(models(), noise(2, 1.0));

    assertThat(codes(contender(compare(after, before), "threads")))
        .containsExactly("unpaired", "environment_unknown");
  }

  @Test
  void doubtsAboutEitherSideAreTold() {
    String before = run(models(), noise(1, 1.0));
    queue.submit(models());
    Lease lease = worker.takeJob();
    ToDoubleBiFunction<CellSpec, Integer> twoModes =
        (cell, round) -> cell.model().equals("threads") && round % 2 == 0 ? 1.5 : 1 + round * 1e-4;
    measure(worker, lease, twoModes, BUILD, session("the same", 3), 9, Quality.NOISY);

    var threads = contender(compare(lease.job().run().toString(), before), "threads");

    assertThat(codes(threads))
        .containsExactlyInAnyOrder("few_rounds", "noisy", "unpaired", "bimodal");
    assertThat(threads.path("warnings").toString())
        .contains("9 rounds, fewer than 10", "this run's cell is noisy: equal arms differ");
    var common = compare(lease.job().run().toString(), before).path("warnings");
    assertThat(common.path(0).path("code").asString()).isEqualTo("unpaired");
    assertThat(common.path(0).path("entries").asInt()).isEqualTo(2);
  }

  @Test
  void amongManyCellsAChanceFindIsCalledOne() {
    RunBody many = aRun().axis("digits", 20, 21, 22, 23, 24, 25, 26, 27, 28, 29);
    ToDoubleBiFunction<CellSpec, Integer> equal = noise(1, 1.0);
    String before = run(many, equal);
    // One of ten cells is a little slower: p about .01, q about .1.
    var random = new SplittableRandom(5);
    String after =
        run(
            many,
            (cell, round) ->
                equal.applyAsDouble(cell, round)
                    * (digits(cell) == 25 && cell.role() == ArmRole.SUBJECT ? 1.0031 : 1)
                    * (1 + 0.0005 * random.nextDouble()));

    var comparison = compare(after, before);

    int differ = 0;
    int byChance = 0;
    for (var group : comparison.path("groups")) {
      var entry = group.path("entries").path(1);
      assertThat(entry.path("q_value").asDouble())
          .isGreaterThanOrEqualTo(entry.path("p_value").asDouble());
      boolean direction = entry.path("verdict").asString().matches("faster|slower");
      differ += entry.path("q_value").asDouble() <= 0.05 ? 1 : 0;
      byChance += codes(entry).contains("by_chance") ? 1 : 0;
      assertThat(codes(entry).contains("by_chance"))
          .isEqualTo(direction && entry.path("q_value").asDouble() > 0.05);
    }
    assertThat(comparison.path("summary").path("compared").asInt()).isEqualTo(10);
    assertThat(comparison.path("summary").path("differ").asInt()).isEqualTo(differ);
    assertThat(byChance).isEqualTo(1);
  }

  @Test
  void whatHasNoCounterpartIsCounted() {
    String before = run(models(), noise(1, 1.0));
    String after = run(models().axis("digits", 20, 30), noise(2, 1.0));

    var comparison = compare(after, before);

    assertThat(comparison.path("groups")).hasSize(2);
    var warning = comparison.path("warnings").path(0);
    assertThat(warning.path("code").asString()).isEqualTo("unmatched");
    assertThat(warning.path("sentence").asString())
        .isEqualTo(
            "2 cells of this run and 0 of the other have no counterpart with equal axes;"
                + " the runs differ in digits");
  }

  @Test
  void severalMeasuresStandSideBySideAndAreOneFamily() {
    String before = run(models(), noise(1, 1.0));
    String after = run(models(), slowerThreads(2));

    var items = server.admin().get(measures(after, before)).json().path("items");

    assertThat(items).hasSize(3);
    assertThat(items.path(1).path("measure").path("id").asString()).isEqualTo("peak_pss_bytes");
    for (int i = 0; i < 3; i++) {
      String id = items.path(i).path("measure").path("id").asString();
      var alone = contender(compare(after, before, "&measure=" + id), "threads");
      var beside = contender(items.path(i), "threads");
      assertThat(beside.path("ratio").asDouble()).isEqualTo(alone.path("ratio").asDouble());
      assertThat(beside.path("p_value").asDouble()).isEqualTo(alone.path("p_value").asDouble());
    }
    var repeated = measures(after, before).replace(",", "&measure=");
    assertThat(server.admin().get(repeated).json().path("items")).isEqualTo(items);
  }

  @Test
  void otherRoundsOfOneRunAreComparedWhereItIsAskedFor() {
    String run = run(aRun().axis("tasks", 1, 2), noise(1, 1.0));
    String call = "/api/v1/comparisons?run=%s&pivot=tasks&baseline=1".formatted(run);

    var refused = server.admin().get(call).json().path("groups").path(0).path("entries").path(1);
    var asked =
        server.admin().get(call + "&unpaired=true").json().path("groups").path(0).path("entries");

    assertThat(refused.path("needs").asString()).isEqualTo("unpaired=true");
    assertThat(asked.path(1).path("paired").asBoolean()).isFalse();
    assertThat(asked.path(1).path("ratio").asDouble()).isCloseTo(1.0, within(0.02));
    assertThat(codes(asked.path(1))).containsExactly("unpaired");
  }

  @ParameterizedTest
  @CsvSource({
    "across, &across=planet, host",
    "pivot, &pivot=model, either of them",
    "measure, &measure=happiness, steady_seconds"
  })
  void whatMakesNoSenseIsAnsweredWithWhatDoes(String parameter, String query, String allowed) {
    String before = run(models(), noise(1, 1.0));
    String after = run(models(), noise(2, 1.0));

    var refusal = server.admin().get(address(after, before) + query);

    assertThat(refusal.status()).isEqualTo(422);
    var error = refusal.json().path("errors").path(0);
    assertThat(error.path("pointer").asString()).isEqualTo("/" + parameter);
    assertThat(error.path("allowed").toString()).contains('"' + allowed + '"');
  }

  @Test
  void aRunIsNotComparedWithItselfOrWithNone() {
    String run = run(models(), noise(1, 1.0));

    Caller.Answer itself = server.admin().get(address(run, run));
    var none = server.admin().get(address(run, "01a216aa-0000-7000-8000-000000000000"));

    assertThat(itself.status()).isEqualTo(422);
    assertThat(itself.json().path("errors").path(0).path("pointer").asString())
        .isEqualTo("/against");
    assertThat(none.status()).isEqualTo(404);
  }

  private static RunBody models() {
    return aRun().axis("model", "sequential", "threads");
  }

  private static long digits(CellSpec cell) {
    return cell.parameters().get("digits") instanceof Number digits ? digits.longValue() : 0;
  }

  /** About a second, a round's unrest for all of its arms, 1 % of an own one for each. */
  private static ToDoubleBiFunction<CellSpec, Integer> noise(long seed, double slower) {
    return (cell, round) -> {
      double shared = new SplittableRandom(31 * seed + round).nextDouble();
      long arm = cell.model().hashCode() + 7L * cell.role().ordinal() + 13 * cell.parallelism();
      double own =
          new SplittableRandom(1_000_003 * seed + 101L * round + arm + cell.parameters().hashCode())
              .nextDouble();
      return slower * (1 + 0.1 * shared) * (1 + 0.01 * own);
    };
  }

  private static ToDoubleBiFunction<CellSpec, Integer> slowerThreads(long seed) {
    var equal = noise(seed, 1.0);
    return (cell, round) ->
        equal.applyAsDouble(cell, round)
            * (cell.model().equals("threads") && cell.role() == ArmRole.SUBJECT ? 1.2 : 1);
  }

  private String run(RunBody body, ToDoubleBiFunction<CellSpec, Integer> seconds) {
    return run(body, seconds, BUILD, session("the same", 3));
  }

  private String run(
      RunBody body,
      ToDoubleBiFunction<CellSpec, Integer> seconds,
      String build,
      Map<String, Object> session) {
    queue.submit(body);
    Lease lease = worker.takeJob();
    measure(worker, lease, seconds, build, session);
    return lease.job().run().toString();
  }

  private static Map<String, Object> session(String fingerprint, int protocol) {
    return Map.of("fingerprint", fingerprint, "protocol_version", protocol);
  }

  private static void measure(
      SimulatedWorker worker,
      Lease lease,
      ToDoubleBiFunction<CellSpec, Integer> seconds,
      String build,
      Map<String, Object> session) {
    measure(worker, lease, seconds, build, session, ROUNDS, Quality.STABLE);
  }

  private static void measure(
      SimulatedWorker worker,
      Lease lease,
      ToDoubleBiFunction<CellSpec, Integer> seconds,
      String build,
      Map<String, Object> session,
      int rounds,
      Quality quality) {
    List<RoundSamples> samples = new ArrayList<>();
    List<Chunk.CellEnding> endings = new ArrayList<>();
    for (CellSpec cell : Cells.of(lease)) {
      for (int round = 0; round < rounds; round++) {
        double value = seconds.applyAsDouble(cell, round);
        samples.add(Cells.total(cell.id(), round, value));
        samples.add(sample(cell, round, "steady_seconds", value));
        samples.add(sample(cell, round, "peak_pss_bytes", 1e7 * value));
      }
      endings.add(
          new Chunk.CellEnding(
              cell.id(),
              Outcome.SUCCEEDED,
              null,
              null,
              build,
              rounds,
              1,
              1,
              0,
              null,
              quality,
              quality == Quality.STABLE ? List.of() : List.of("equal arms differ"),
              Map.of()));
    }
    worker.send(lease, 0, new Chunk(samples, List.of(), endings));
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1, session);
  }

  private static RoundSamples sample(CellSpec cell, int round, String measure, double value) {
    return new RoundSamples(cell.id(), round, measure, 0, new double[] {value});
  }

  private static String address(String run, String against) {
    return "/api/v1/comparisons?run=%s&against=%s".formatted(run, against);
  }

  private static String measures(String run, String against) {
    return "/api/v1/comparisons/measures?run=%s&against=%s&measure=%s"
        .formatted(run, against, "total_seconds,peak_pss_bytes,throughput_per_second");
  }

  private JsonNode compare(String run, String against) {
    return compare(run, against, "");
  }

  private JsonNode compare(String run, String against, String more) {
    return server.admin().get(address(run, against) + more).json();
  }

  private static JsonNode contender(JsonNode comparison, String model) {
    for (JsonNode group : comparison.path("groups")) {
      if (group.path("axes").path("model").asString().equals(model)) {
        return group.path("entries").path(1);
      }
    }
    throw new AssertionError("no group of " + model + " in " + comparison);
  }

  private static List<String> codes(JsonNode entry) {
    List<String> codes = new ArrayList<>();
    entry.path("warnings").forEach(warning -> codes.add(warning.path("code").asString()));
    return codes;
  }

  /** Up to the last digit, which the exponential function rounds on either side. */
  private static void assertInverse(JsonNode one, JsonNode other) {
    assertThat(one.asDouble() * other.asDouble()).isCloseTo(1.0, within(4e-16));
  }
}
