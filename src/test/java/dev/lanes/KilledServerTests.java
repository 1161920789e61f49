package dev.lanes;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.run.RunBody;
import dev.lanes.run.RunCalls;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Server, worker and database die at once in the middle of a run, and come back. */
class KilledServerTests {

  /** Longer than until a call beside the phase is made, which must not put off the hand-over. */
  private static final String LONG_HANG = "21s";

  private static final String SHORT_HANG = "4s";

  private final List<Process> started = new ArrayList<>();
  private TestHome lanes;

  @AfterEach
  void end() throws Exception {
    for (Process process : started) {
      process.destroy();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void aRunOutlivesTheKillOfEverything() throws Exception {
    lanes = TestHome.fresh();
    Process first = start(LONG_HANG);
    var runs = new RunCalls(lanes.admin());
    String run = runs.submit(twoGoodAndTwoHangingCells());
    TestHome.await("the first results are stored", () -> !samples(runs, run).isEmpty());
    assertThat(runs.state(run)).isEqualTo("running");
    TestHome.await("a cell is being measured", () -> !lanes.harnesses().isEmpty());

    first.destroyForcibly().waitFor();
    TestHome.await("what was measured ends with its worker", () -> lanes.harnesses().isEmpty());
    start(SHORT_HANG);

    TestHome.await("the lost attempt has ended", () -> jobState(runs, run).equals("queued"));
    assertThat(samples(runs, run)).as("a lost attempt is not seen").isEmpty();
    TestHome.await("the run completes", () -> runs.state(run).equals("completed"));
    assertThat(runs.cells(run))
        .extracting(cell -> cell.path("outcome").asString())
        .containsExactly("succeeded", "succeeded", "timed_out", "timed_out");
    assertThat(attempts()).containsExactly("worker_lost", "succeeded");
    assertThat(runs.job(run).path("attempt").asInt()).isEqualTo(2);
    assertNothingTwice(runs, run);
    TestHome.await("every harness has ended", () -> lanes.harnesses().isEmpty());
  }

  private RunBody twoGoodAndTwoHangingCells() {
    return aRun()
        .axis("workload", "pi", "misbehave")
        .axis("fault", "hang")
        .axis("parallelism", 1)
        .axis("tasks", 1, 2)
        .axis("interpreter", lanes.bundledInterpreter())
        .with("precision", Map.of("min_rounds", 1, "max_rounds", 1));
  }

  /** Each sample once, in what is seen and in what is stored, and every chunk that was told of. */
  private void assertNothingTwice(RunCalls runs, String run) throws IOException {
    for (JsonNode cell : runs.cells(run)) {
      assertThat(runs.samples(cell))
          .extracting(sample ->
              List.of(
                  sample.path("measure").asString(),
                  sample.path("round").asInt(),
                  sample.path("turn").asInt()))
          .doesNotHaveDuplicates();
    }
    var jdbc = lanes.jdbc();
    int rows = jdbc.sql("SELECT count(*) FROM sample").query(Integer.class).single();
    int different =
        jdbc.sql(
                "SELECT count(*) FROM (SELECT DISTINCT cell_id, fence, measure, round FROM sample)")
            .query(Integer.class)
            .single();
    assertThat(different).isEqualTo(rows);
    assertThat(
            jdbc.sql(
                    """
                    SELECT array_agg(number ORDER BY number)::text FROM chunk
                    WHERE fence = (SELECT max(fence) FROM attempt)
                    """)
                .query(String.class)
                .single())
        .isEqualTo("{0,1,2,3}");
  }

  private List<String> attempts() throws IOException {
    return lanes
        .jdbc()
        .sql("SELECT outcome FROM attempt ORDER BY fence")
        .query(String.class)
        .list();
  }

  private static String jobState(RunCalls runs, String run) {
    return runs.job(run).path("state").asString();
  }

  private static List<JsonNode> samples(RunCalls runs, String run) {
    return runs.cells(run).stream().flatMap(cell -> runs.samples(cell).stream()).toList();
  }

  /** Starts the application in a Java VM of its own and waits until its worker has reported. */
  private Process start(String phaseLimit) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of("-cp", classPath(), "dev.lanes.Application"));
    command.addAll(lanes.arguments(phaseLimit));
    File log = new File("target/test-all-in-one/application.log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
            .start();
    started.add(process);
    TestHome.await("the application asks for work", () -> process.isAlive() && lanes.ready());
    return process;
  }

  /** Without the tests: what they contain must not be found by the application. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
