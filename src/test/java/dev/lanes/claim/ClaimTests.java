package dev.lanes.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.Interpreter.Gil;
import dev.lanes.catalog.Interpreter.Jit;
import dev.lanes.catalog.Interpreter.Source;
import dev.lanes.catalog.ModelSupport;
import dev.lanes.catalog.Outcome;
import dev.lanes.catalog.Quality;
import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Chunk.CellEnding;
import dev.lanes.protocol.Chunk.RoundSamples;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.HostReport;
import dev.lanes.protocol.JobSpec.CellSpec;
import dev.lanes.protocol.Lease;
import dev.lanes.run.Cells;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@OnTestServer
class ClaimTests {

  /** Some unrest, the same for all cells of a round, as on a real host. */
  private static final double[] UNREST = {1.00, 1.07, 0.96, 1.02, 1.11, 0.99, 1.05, 0.98};

  /** What is left of it in ratios: above and below by turns, so that an interval has a width. */
  private static final double[] SPREAD = {
    0.004, -0.004, 0.003, -0.003, 0.004, -0.004, 0.003, -0.003
  };

  private static final String LINE = "cpython-3.14";

  @Autowired private TestServer server;
  @Autowired private ClaimFiles files;
  private SimulatedWorker worker;

  @BeforeEach
  void aHostWithEveryLine() {
    server.clear();
    worker = server.worker("w1");
    worker.report(host(4, "GCC 15"));
  }

  @Test
  void everyIdOfTheReferenceIsThere() {
    Stream<String> numbered = Stream.iterate(1, n -> n <= 48, n -> n + 1).map("C%02d"::formatted);
    Stream<String> others =
        Stream.of("Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q8", "Q9", "R1", "R2", "R3");

    assertThat(files.all())
        .extracting(Claim::id)
        .containsExactlyElementsOf(Stream.concat(numbered, others).toList());
  }

  @Test
  void everyRunIsAcceptedAndHasOneCellForEachSelectionOfEachLine() {
    for (Claim claim : files.all()) {
      if (claim.run() == null) {
        continue;
      }
      String run = submit(claim.id());
      List<Map<String, Object>> cells = cells(run);
      for (String line : claim.lines()) {
        for (Condition condition : claim.conditions()) {
          selections(condition)
              .forEach(selection -> {
                Map<String, Object> wanted = Condition.at(selection, line);
                assertThat(cells.stream().filter(cell -> has(cell, claim, wanted)))
                    .as("claim %s on %s: %s", claim.id(), line, wanted)
                    .hasSize(1);
              });
        }
      }
    }
  }

  @Test
  void anIntervalInsideOfTheBandConfirms() {
    measured("C14", cell -> cell.model().startsWith("sub") ? 1.2 : 1.0);

    JsonNode verdict = verdict("C14", LINE);

    assertThat(verdict.path("verdict").asString()).isEqualTo("confirmed");
    assertThat(verdict.path("host").asString()).isEqualTo("w1");
    assertThat(verdict.path("missing")).isEmpty();
    JsonNode finding = verdict.path("findings").path(0);
    assertThat(finding.path("ratio").asDouble()).isCloseTo(1.2, within(0.01));
    assertThat(finding.path("paired").asBoolean()).isTrue();
    assertThat(finding.path("rounds").asInt()).isEqualTo(8);
    assertThat(finding.path("quality").asString()).isEqualTo("stable");
    String cell = finding.path("contender").asString();
    assertThat(server.admin().get("/api/v1/cells/" + cell).json().path("axes").path("model"))
        .hasToString("\"subinterpreters:per-task\"");
  }

  @Test
  void anIntervalOutsideRefutesAndOneAcrossAnEndDecidesNothing() {
    measured("C14", cell -> cell.model().startsWith("sub") ? 3 : 1);
    assertThat(verdict("C14", LINE).path("verdict").asString()).isEqualTo("refuted");

    measured("C14", cell -> cell.model().startsWith("sub") ? 1.6 : 1);
    assertThat(verdict("C14", LINE).path("verdict").asString()).isEqualTo("inconclusive");
  }

  @Test
  void theNewestRunCountsAndEarlierOnesAreTheHistory() {
    measured("C14", cell -> cell.model().startsWith("sub") ? 3 : 1);
    measured("C14", cell -> cell.model().startsWith("sub") ? 1.2 : 1);

    JsonNode claim = claim("C14");
    List<String> history = new ArrayList<>();
    claim
        .path("history")
        .forEach(one -> {
          if (one.path("interpreter").asString().equals(LINE)) {
            history.add(one.path("verdict").asString());
          }
        });

    assertThat(history).containsExactly("refuted", "confirmed");
    assertThat(verdict("C14", LINE).path("verdict").asString()).isEqualTo("confirmed");
  }

  @Test
  void aScaledRatioIsShownAsItIsJudged() {
    // Ten tasks in turn take 10, on four cores 3: a speed-up of 0.83 for each of them.
    measured("C18", cell -> cell.model().startsWith("sub") ? 3 : 10);

    JsonNode findings = verdict("C18", LINE).path("findings");

    assertThat(findings.path(0).path("ratio").asDouble()).isCloseTo(10.0 / 3, within(0.05));
    assertThat(findings.path(1).path("ratio").asDouble()).isCloseTo(10.0 / 3 / 4, within(0.02));
    assertThat(verdict("C18", LINE).path("verdict").asString()).isEqualTo("confirmed");
  }

  @Test
  void whatOnlyIsShownDecidesNothing() {
    measured(
        "C16",
        cell ->
            switch (cell.model()) {
              case "processes:spawn-per-task" -> 8;
              case "processes:fork-per-task" -> 500;
              default -> 1;
            });

    JsonNode verdict = verdict("C16", LINE);

    assertThat(verdict.path("verdict").asString()).isEqualTo("confirmed");
    assertThat(verdict.path("findings").path(1).path("verdict").isNull()).isTrue();
    assertThat(verdict.path("findings").path(1).path("ratio").asDouble())
        .isCloseTo(500, within(20.0));
  }

  @Test
  void invalidFiguresGiveNoVerdict() {
    measured(
        "C14",
        8,
        cell -> cell.model().startsWith("sub") ? 3 : 1,
        cell ->
            cell.model().startsWith("threads")
                ? Cells.ended(cell.id(), 8, Quality.INVALID, "equal arms differ")
                : Cells.succeeded(cell.id(), 8));

    JsonNode verdict = verdict("C14", LINE);

    assertThat(verdict.path("verdict").asString()).isEqualTo("inconclusive");
    assertThat(verdict.path("findings").path(0).path("reason").asString())
        .contains("invalid", "equal arms differ");
  }

  @Test
  void tooFewRoundsForAnIntervalDecideNothing() {
    measured("C14", 4, cell -> cell.model().startsWith("sub") ? 3 : 1, ClaimTests::succeeded);

    assertThat(verdict("C14", LINE).path("verdict").asString()).isEqualTo("inconclusive");
  }

  @Test
  void aCellThatDidNotSucceedIsWhatIsMissing() {
    measured(
        "C14",
        8,
        _ -> 1,
        cell ->
            cell.model().startsWith("sub")
                ? Cells.failed(cell.id(), Outcome.CRASHED, "the process died (SIGABRT)")
                : succeeded(cell));

    JsonNode verdict = verdict("C14", LINE);

    assertThat(verdict.path("verdict").asString()).isEqualTo("not_testable");
    assertThat(verdict.path("missing").path(0).asString())
        .contains("subinterpreters:per-task", "crashed", "SIGABRT");
  }

  @Test
  void thatTasksSucceedIsAConditionOfItsOwn() {
    measured("C21", _ -> 1);
    assertThat(verdict("C21", "cpython-3.14t").path("verdict").asString()).isEqualTo("confirmed");

    measured(
        "C21", 8, _ -> 1, cell -> Cells.failed(cell.id(), Outcome.GIL_MISMATCH, "the GIL is on"));
    assertThat(verdict("C21", "cpython-3.14t").path("verdict").asString()).isEqualTo("refuted");
  }

  @Test
  void theFreeThreadedPartnerOfALineIsItsBaseline() {
    measured("C30", cell -> cell.interpreter().startsWith("cpython-3.14t") ? 1 : 3);

    JsonNode verdict = verdict("C30", LINE);

    assertThat(verdict.path("verdict").asString()).isEqualTo("confirmed");
    assertThat(verdict.path("findings").path(0).path("ratio").asDouble())
        .isCloseTo(3, within(0.05));
  }

  @Test
  void cellsOfOtherRoundsGiveAnUnpairedRatioWithItsWarning() {
    measured("R1", cell -> cell.tasks() == 100 ? 2 : 1);

    JsonNode finding = verdict("R1", LINE).path("findings").path(0);

    assertThat(finding.path("paired").asBoolean()).isFalse();
    assertThat(finding.path("ratio").asDouble()).isCloseTo(2, within(0.1));
    assertThat(finding.path("warnings").toString()).containsAnyOf("unpaired", "unanchored");
    assertThat(finding.path("verdict").asString()).isEqualTo("confirmed");
  }

  @Test
  void aHostWithTooFewProcessorsGivesNoVerdictWhateverItMeasured() {
    measured("C18", cell -> cell.model().startsWith("sub") ? 3 : 10);
    worker.report(host(2, "GCC 15"));

    JsonNode verdict = verdict("C18", LINE);

    assertThat(verdict.path("verdict").asString()).isEqualTo("not_testable");
    assertThat(verdict.path("missing").path(0).asString()).isEqualTo("4 processors; w1 has 2");
    assertThat(verdict.path("run").isNull()).isTrue();
    assertThat(claim("C18").path("history"))
        .isNotEmpty()
        .allSatisfy(earlier -> {
          assertThat(earlier.path("verdict").asString()).isEqualTo("not_testable");
          assertThat(earlier.path("findings")).isEmpty();
          assertThat(earlier.path("run").isNull()).isFalse();
        });
  }

  @Test
  void twoBuildsThatWereMadeByOtherCompilersAreNotCompared() {
    measured("C30", cell -> cell.interpreter().startsWith("cpython-3.14t") ? 1 : 3);
    worker.report(host(4, "Clang 20"));

    JsonNode verdict = verdict("C30", LINE);

    assertThat(verdict.path("verdict").asString()).isEqualTo("not_testable");
    assertThat(verdict.path("missing").path(0).asString()).contains("made alike", "Clang 20");
  }

  @Test
  void withoutARunItIsToldWhatIsMissing() {
    assertThat(verdict("C14", LINE).path("missing").path(0).asString())
        .isEqualTo("not measured yet");

    String build = LINE + ".3-0badcafe";
    worker.found(
        new ModelSupport(
            build,
            "subinterpreters:per-task",
            ModelSupport.Verdict.UNSUPPORTED,
            "no interpreters here"));
    assertThat(verdict("C14", LINE).path("missing").path(0).asString())
        .isEqualTo("subinterpreters:per-task on cpython-3.14: no interpreters here");

    worker.report(new HostReport(4, 8_000_000_000L, "x86_64", Map.of(), Map.of(), List.of()));
    JsonNode only = claim("C14").path("verdicts").path(0);
    assertThat(only.path("interpreter").isNull()).isTrue();
    assertThat(only.path("missing").path(0).asString()).contains("cpython-3.14");
  }

  @Test
  void whatCannotBeMeasuredSaysWhyAndInformationalClaimsHaveNoVerdict() {
    assertThat(claim("C03").path("verdicts").path(0).path("verdict").asString())
        .isEqualTo("not_testable");
    assertThat(claim("C03").path("verdicts").path(0).path("missing").path(0).asString())
        .contains("coordinator");
    assertThat(claim("Q4").path("verdicts")).isEmpty();
    assertThat(claim("Q4").path("kind").asString()).isEqualTo("informational");
  }

  @Test
  void aRunOfOtherWorkUnderTheNameOfTheSuiteGivesNoVerdict() {
    JsonNode spec = server.admin().get("/api/v1/suites/claim-C14").json().path("run");
    String body =
        spec.toString()
            .replace("\"digits\":[200]", "\"digits\":[2000]")
            .replaceFirst("\"labels\":null", "\"labels\":{\"suite\":\"claim-C14\"}")
            .replaceFirst("\"cpython-3.12\",", "");
    assertThat(server.admin().post("/api/v1/runs", body).status()).isEqualTo(202);
    measure(8, _ -> 1, ClaimTests::succeeded);

    JsonNode verdict = verdict("C14", LINE);

    assertThat(verdict.path("verdict").asString()).isEqualTo("not_testable");
    assertThat(verdict.path("missing").path(0).asString()).contains("did not measure");
  }

  @Test
  void listsHaveTheVerdictsWithoutTheirGrounds() {
    measured("C14", cell -> cell.model().startsWith("sub") ? 1.2 : 1.0);

    JsonNode items = server.admin().get("/api/v1/claims").json().path("items");

    assertThat(items).hasSize(60);
    for (JsonNode claim : items) {
      assertThat(claim.has("history")).isFalse();
      for (JsonNode verdict : claim.path("verdicts")) {
        assertThat(verdict.has("findings")).isFalse();
        if (claim.path("id").asString().equals("C14")) {
          assertThat(verdict.path("verdict").asString()).isEqualTo("confirmed");
        }
      }
    }
  }

  @Test
  void theBadgeSaysTheVerdictInWords() {
    assertThat(badge("C14")).contains("claim C14: no verdict");
    assertThat(badge("Q4")).contains("claim Q4: informational");

    measured(
        "C14",
        cell ->
            cell.model().startsWith("sub") && cell.interpreter().startsWith("cpython-3.12")
                ? 3
                : 1);

    assertThat(badge("C14")).contains("3 confirmed, 1 refuted");
  }

  @Test
  void anUnknownClaimIsTold() {
    assertThat(server.admin().get("/api/v1/claims/C99").status()).isEqualTo(404);
    assertThat(server.admin().get("/api/v1/claims/C99/badge.svg").status()).isEqualTo(404);
  }

  private String badge(String claim) {
    return server.admin().get("/api/v1/claims/" + claim + "/badge.svg").body();
  }

  private JsonNode claim(String id) {
    return server.admin().get("/api/v1/claims/" + id).json();
  }

  private JsonNode verdict(String id, String line) {
    for (JsonNode verdict : claim(id).path("verdicts")) {
      if (verdict.path("interpreter").asString("").equals(line)) {
        return verdict;
      }
    }
    throw new AssertionError("%s has no verdict on %s: %s".formatted(id, line, claim(id)));
  }

  private String submit(String claim) {
    var run = server.admin().post("/api/v1/suites/claim-" + claim + "/runs", "");
    assertThat(run.status()).as("%s: %s", claim, run.body()).isEqualTo(202);
    return run.json().path("id").asString();
  }

  private List<Map<String, Object>> cells(String run) {
    List<Map<String, Object>> cells = new ArrayList<>();
    for (JsonNode cell :
        server.admin().get("/api/v1/runs/" + run + "/cells?limit=500").json().path("items")) {
      Map<String, Object> axes = new java.util.HashMap<>();
      cell.path("axes")
          .properties()
          .forEach(axis -> axes.put(axis.getKey(), axis.getValue().asString()));
      cells.add(axes);
    }
    return cells;
  }

  private static Stream<Map<String, Object>> selections(Condition condition) {
    return Stream.concat(Stream.of(condition.contender()), Stream.ofNullable(condition.baseline()));
  }

  private static boolean has(Map<String, Object> cell, Claim claim, Map<String, Object> wanted) {
    return wanted.entrySet().stream()
            .allMatch(axis -> String.valueOf(axis.getValue()).equals(cell.get(axis.getKey())))
        && claim.fixed().entrySet().stream()
            .filter(axis -> cell.containsKey(axis.getKey()))
            .allMatch(axis -> String.valueOf(axis.getValue()).equals(cell.get(axis.getKey())));
  }

  private void measured(String claim, ToDoubleFunction<CellSpec> seconds) {
    measured(claim, 8, seconds, ClaimTests::succeeded);
  }

  private void measured(
      String claim,
      int rounds,
      ToDoubleFunction<CellSpec> seconds,
      Function<CellSpec, CellEnding> ending) {
    submit(claim);
    measure(rounds, seconds, ending);
  }

  /** Every cell of the next job in so many rounds, a little less equal than the unrest of each. */
  private void measure(
      int rounds, ToDoubleFunction<CellSpec> seconds, Function<CellSpec, CellEnding> ending) {
    Lease lease = worker.takeJob();
    List<RoundSamples> samples = new ArrayList<>();
    List<CellEnding> endings = new ArrayList<>();
    for (CellSpec cell : Cells.of(lease)) {
      CellEnding end = ending.apply(cell);
      for (int round = 0; end.outcome() == Outcome.SUCCEEDED && round < rounds; round++) {
        double own = cell.role() == ArmRole.ANCHOR ? 1 : seconds.applyAsDouble(cell);
        double[] values = {own * UNREST[round] * (own > 1 ? 1 + SPREAD[round] : 1)};
        samples.add(new RoundSamples(cell.id(), round, "steady_seconds", 0, values));
      }
      endings.add(end);
    }
    worker.send(lease, 0, new Chunk(samples, List.of(), endings));
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);
  }

  private static CellEnding succeeded(CellSpec cell) {
    return Cells.succeeded(cell.id(), 8);
  }

  /**
   * A host with every line that claims are about.
   *
   * @param freeThreaded compiler of the builds without the GIL
   */
  private static HostReport host(int cores, String freeThreaded) {
    List<Interpreter> interpreters = new ArrayList<>();
    for (String version : List.of("3.10", "3.11", "3.12", "3.13", "3.14", "3.15")) {
      interpreters.add(interpreter(version, "", Gil.ALWAYS, "GCC 15"));
      if (!version.startsWith("3.10") && !version.startsWith("3.11") && !version.equals("3.12")) {
        interpreters.add(interpreter(version, "t", Gil.OFF, freeThreaded));
      }
    }
    return new HostReport(cores, 8_000_000_000L, "x86_64", Map.of(), Map.of(), interpreters);
  }

  private static Interpreter interpreter(String version, String suffix, Gil gil, String compiler) {
    String line = "cpython-" + version + suffix;
    return new Interpreter(
        line + ".3-0badcafe",
        line,
        version + ".3",
        "cpython",
        gil,
        Jit.UNAVAILABLE,
        true,
        true,
        compiler,
        "0".repeat(64),
        "/opt/" + line,
        version.equals("3.14") && suffix.isEmpty() ? Source.BUNDLED : Source.CONFIGURED,
        true,
        null);
  }
}
