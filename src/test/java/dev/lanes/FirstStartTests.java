package dev.lanes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanes.support.Described;
import dev.lanes.support.FirstStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A first start, with its first run measured on this machine, as a client and a browser see it. */
class FirstStartTests {

  private static final int FIRST_RUN_SECONDS = 300;

  /** Lines of the browser tests that stand in the failure. */
  private static final int LAST_WORDS = 60;

  private static FirstStart lanes;
  private static JsonNode run;
  private static Described described;

  @BeforeAll
  static void startAndAwaitTheFirstRun() throws Exception {
    lanes = FirstStart.start(Path.of("target", "first-start"));
    described = new Described(lanes.caller().get("/api/openapi.json").json());
    boolean completed = lanes.becomes(() -> firstRun().isPresent(), FIRST_RUN_SECONDS);
    assertThat(completed).as("the run quickstart completed").isTrue();
    run = firstRun().orElseThrow();
  }

  @AfterAll
  static void stop() throws Exception {
    if (lanes != null) {
      lanes.stop();
    }
  }

  @Test
  void everyCellOfTheFirstRunIsMeasured() {
    assertThat(run.at("/progress/cells_done")).isEqualTo(run.at("/progress/cells_total"));
    assertThat(run.at("/progress/cells_failed").asInt()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/runs",
        "/api/v1/runs/{id}",
        "/api/v1/runs/{id}/cells",
        "/api/v1/cells/{id}",
        "/api/v1/cells/{id}/samples",
        "/api/v1/comparisons",
        "/api/v1/hosts",
        "/api/v1/interpreters",
        "/api/v1/workloads",
        "/api/v1/models",
        "/api/v1/measures",
        "/api/v1/session"
      })
  void answersAreAsTheyAreDescribed(String path) {
    String run = FirstStartTests.run.get("id").asString();
    String cells = "/api/v1/runs/%s/cells".formatted(run);
    String cell = lanes.caller().get(cells).json().at("/items/0/id").asString();
    String id = path.startsWith("/api/v1/cells") ? cell : run;
    String query = path.endsWith("/comparisons") ? "?run=" + run : "";

    JsonNode answer = lanes.caller().get(path.replace("{id}", id) + query).json();

    assertThat(described.differences(path, answer)).isEmpty();
  }

  @Test
  void browserTestsPass() throws Exception {
    Path chromium =
        Path.of(Optional.ofNullable(System.getenv("LANES_CHROMIUM")).orElse("/usr/bin/chromium"));
    assumeTrue(
        Files.isExecutable(chromium) || "true".equals(System.getenv("CI")),
        "there is no %s; LANES_CHROMIUM names another".formatted(chromium));

    var tests =
        new ProcessBuilder("npx", "playwright", "test").directory(Path.of("frontend").toFile());
    tests.environment().put("LANES_URL", lanes.address());
    tests.environment().put("LANES_SIGN_IN", lanes.signInLink());
    tests.environment().put("LANES_CHROMIUM", chromium.toString());
    Process running = tests.redirectErrorStream(true).start();
    List<String> said = new ArrayList<>();
    running
        .inputReader()
        .lines()
        .forEach(line -> {
          System.out.println(line);
          said.add(line);
        });

    // What failed is told last, and must not be looked for in the output of all other tests.
    int exitCode = running.waitFor();
    assertThat(exitCode)
        .as(
            "exit code of: npx playwright test, whose last words were%n%s",
            String.join("\n", said.subList(Math.max(0, said.size() - LAST_WORDS), said.size())))
        .isZero();
  }

  private static Optional<JsonNode> firstRun() {
    return lanes
        .caller()
        .get("/api/v1/runs")
        .json()
        .path("items")
        .valueStream()
        .filter(run -> run.path("name").asString().equals("quickstart"))
        .filter(run -> run.path("state").asString().equals("completed"))
        .findFirst();
  }
}
