package dev.lanes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanes.support.Described;
import dev.lanes.support.FirstStart;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

  private static final Path HOME = Path.of("target", "first-start");

  private static FirstStart lanes;
  private static JsonNode run;
  private static Described described;

  @BeforeAll
  static void startAndAwaitTheFirstRun() throws Exception {
    lanes = FirstStart.start(HOME);
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

  /** Every command of the tutorial, in its order, in one shell. */
  @Test
  void theTutorialCanBeFollowed() throws Exception {
    String tutorial = Files.readString(Path.of("src/docs/tutorial.md"));
    String commands =
        Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
            .matcher(tutorial)
            .results()
            .map(block -> block.group(1))
            .collect(Collectors.joining("\n"))
            .replace("http://localhost:8080", lanes.address())
            .replace("~/.lanes", HOME.toAbsolutePath().toString());
    // What was made is taken back, as other tests find nothing scheduled.
    String takenBack =
        """
        for what in "schedules/$(curl -sS "$LANES/api/v1/schedules" |
              grep -o '"id":"[0-9a-f-]*"' | head -n 1 | cut -d '"' -f 4)" \
            suites/threads-or-processes; do
          curl -sS --fail-with-body -X DELETE "$LANES/api/v1/$what" -H "$TOKEN" -H 'If-Match: *'
        done
        """;
    Path folder = Files.createDirectories(Path.of("target", "tutorial"));
    Process shell =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands + takenBack)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    shell.getOutputStream().close();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(shell.waitFor()).as(said).isZero();
    assertThat(said).contains("\"baseline\": \"sequential\"", "run,cell,index,workload");
    assertThat(Files.readString(folder.resolve("run.pyperf.json"))).contains("\"benchmarks\"");
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
