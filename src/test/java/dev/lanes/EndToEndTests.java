package dev.lanes;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.run.RunBody;
import dev.lanes.run.RunCalls;
import java.nio.file.Files;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** From a submission by HTTP to what the bundled CPython took, through every part of Lanes. */
class EndToEndTests {

  /** So long takes what hangs; spawned processes take seconds where other programs run as well. */
  private static final String PHASE_LIMIT = "15s";

  private static final Object[] MODELS = {
    "sequential", "threads", "subinterpreters", "processes:fork", "asyncio"
  };

  private static TestHome lanes;
  private static ConfigurableApplicationContext application;
  private static RunCalls runs;

  @BeforeAll
  static void start() throws Exception {
    lanes = TestHome.fresh();
    String[] arguments = lanes.arguments(PHASE_LIMIT).toArray(String[]::new);
    application = new SpringApplicationBuilder(Application.class).run(arguments);
    TestHome.await("the worker reports its interpreters", lanes::ready);
    runs = new RunCalls(lanes.admin());
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @Test
  void everyModelMeasuresDigitsOfPi() throws Exception {
    String run = runs.submit(aQuickRun().axis("model", MODELS));

    var cells = measured(run);

    assertThat(cells).hasSize(MODELS.length);
    assertThat(cells)
        .allSatisfy(cell -> {
          assertThat(cell.path("outcome").asString()).as(cell.toString()).isEqualTo("succeeded");
          assertThat(cell.path("rounds").asInt()).isEqualTo(2);
          assertThat(cell.path("loops").asInt()).isPositive();
          assertThat(cell.path("host").asString()).isEqualTo("local");
          assertThat(cell.path("build").asString()).isEqualTo(lanes.bundledInterpreter());
          assertThat(cell.path("environment").path("gil_enabled").asBoolean()).isTrue();
          assertThat(cell.path("preliminary").asBoolean()).isFalse();
          assertThat(median(cell, "total_seconds")).isPositive();
          assertThat(median(cell, "steady_seconds")).isPositive();
          assertThat(runs.samples(cell)).isNotEmpty();
        });
    var comparison =
        lanes.admin().get("/api/v1/comparisons?run=" + run.substring(run.lastIndexOf('/') + 1));
    assertThat(comparison.json().path("groups").path(0).path("entries").valueStream())
        .allSatisfy(entry -> assertThat(entry.path("ratio").asDouble()).isPositive());
    assertNothingIsLeft();
  }

  @Test
  void everyFaultIsAnOutcomeOfItsCellWithEvidence() throws Exception {
    Object[] faults = {"none", "crash", "exit", "hang", "flood", "wrong", "raise"};
    RunBody body = aQuickRun().axis("workload", "misbehave").axis("fault", faults);

    String run = runs.submit(body.without("digits").axis("model", "sequential", "processes:fork"));
    Map<String, List<JsonNode>> byFault =
        measured(run).stream()
            .collect(Collectors.groupingBy(cell -> cell.path("axes").path("fault").asString()));

    assertThat(outcomes(byFault.get("none"))).containsExactly("succeeded", "succeeded");
    assertThat(outcomes(byFault.get("flood"))).containsExactly("succeeded", "succeeded");
    assertThat(outcomes(byFault.get("crash"))).containsExactly("crashed", "crashed");
    assertThat(outcomes(byFault.get("exit"))).containsExactly("crashed", "crashed");
    assertThat(outcomes(byFault.get("hang"))).containsExactly("timed_out", "timed_out");
    assertThat(outcomes(byFault.get("wrong"))).containsExactly("wrong_result", "wrong_result");
    assertThat(outcomes(byFault.get("raise"))).containsExactly("exception", "exception");
    var progress = runs.run(run).path("progress");
    assertThat(progress.path("cells_done").asInt()).isEqualTo(14);
    assertThat(progress.path("cells_failed").asInt()).isEqualTo(10);
    assertThat(byFault.values().stream().flatMap(List::stream).filter(EndToEndTests::failed))
        .allSatisfy(cell -> {
          assertThat(cell.path("reason").asString()).isNotBlank();
          assertThat(cell.path("evidence").isObject()).isTrue();
        });
    var crashed = byFault.get("crash").getFirst().path("evidence");
    assertThat(crashed.path("exit_signal").asString()).isEqualTo("SIGSEGV");
    assertThat(byFault.get("raise").getFirst().path("evidence").path("traceback").asString())
        .contains("the task was told to raise");
    assertNothingIsLeft();
  }

  /**
   * Small, but with every model that there is: each cell ends, and says why if it has no figures.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "noop",
        "distance",
        "transfer",
        "scatter-gather",
        "sharing-ladder",
        "pipeline",
        "http",
        "web-db"
      })
  void everyModelEndsWithAnOutcomeOnEveryKindOfWork(String workload) throws Exception {
    String run =
        runs.submit(
            aQuickRun()
                .without("digits")
                .axis("workload", workload)
                .axis("tasks", 3)
                .axis("model", "*")
                .with("precision", Map.of("min_rounds", 1, "max_rounds", 1)));

    var cells = measured(run);

    assertThat(cells).hasSizeGreaterThan(20);
    assertThat(cells)
        .allSatisfy(cell -> {
          assertThat(cell.path("outcome").asString())
              .as("%s: %s", cell.path("axes"), cell.path("reason"))
              .isIn("succeeded", "unsupported");
          assertThat(failed(cell) ? cell.path("reason").asString() : "-").isNotBlank();
        });
    var progress = runs.run(run).path("progress");
    assertThat(progress.path("cells_done").asInt()).isEqualTo(cells.size());
    assertThat(progress.path("cells_failed").asInt()).isZero();
    assertThat(progress.path("cells_unsupported").asInt())
        .isEqualTo(Collections.frequency(outcomes(cells), "unsupported"));
    assertThat(outcomes(cells)).contains("succeeded");
    assertNothingIsLeft();
  }

  @Test
  void workloadsHaveADatabaseWithoutAnySetting() throws Exception {
    RunBody body = aQuickRun().without("digits").axis("workload", "web-db").axis("tasks", 4);

    var cells = measured(runs.submit(body.axis("model", "sequential", "threads", "asyncio")));

    assertThat(outcomes(cells))
        .as(cells.toString())
        .containsExactly("succeeded", "succeeded", "succeeded");
    assertNothingIsLeft();
  }

  private static RunBody aQuickRun() {
    return aRun()
        .axis("parallelism", 2)
        .axis("interpreter", lanes.bundledInterpreter())
        .with("precision", Map.of("min_rounds", 1, "max_rounds", 2));
  }

  private static List<JsonNode> measured(String run) throws InterruptedException {
    TestHome.await("the run completes", () -> runs.state(run).equals("completed"));
    return runs.cells(run);
  }

  private static double median(JsonNode cell, String measure) {
    return cell.path("measures").path(measure).path("median").asDouble();
  }

  private static List<String> outcomes(List<JsonNode> cells) {
    Function<JsonNode, String> outcome = cell -> cell.path("outcome").asString();
    return cells.stream().map(outcome).toList();
  }

  private static boolean failed(JsonNode cell) {
    return !cell.path("outcome").asString().equals("succeeded");
  }

  private static void assertNothingIsLeft() throws Exception {
    TestHome.await(
        "no harness, folder or journal is left",
        () ->
            lanes.harnesses().isEmpty()
                && isEmpty("tmp")
                && !Files.exists(lanes.home().resolve("processes")));
    assertThat(lanes.home().resolve("spool"))
        .isDirectoryNotContaining(entry -> !entry.endsWith("reserve"));
  }

  private static boolean isEmpty(String folder) {
    String[] names = lanes.home().resolve(folder).toFile().list();
    return names == null || names.length == 0;
  }
}
