package dev.lanes.cli;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.access.Role;
import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Outcome;
import dev.lanes.catalog.Quality;
import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Chunk.CellEnding;
import dev.lanes.protocol.Chunk.RoundSamples;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.Desired;
import dev.lanes.protocol.JobSpec.CellSpec;
import dev.lanes.protocol.Lease;
import dev.lanes.run.Cells;
import dev.lanes.run.Queue;
import dev.lanes.run.RunBody;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

@OnTestServer
class CommandsTests {

  private static final int ROUNDS = 12;

  @Autowired private TestServer server;
  @TempDir private Path folder;
  private Queue queue;
  private SimulatedWorker worker;
  private Path token;

  @BeforeEach
  void aHost() throws Exception {
    server.clear();
    queue = new Queue(server);
    worker = server.worker("w1");
    worker.reportWithBundled();
    token = Files.writeString(folder.resolve("token"), server.tokens().of(Role.SUBMITTER) + "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "submit, true",
    "dance, true",
    "--help, true",
    "--server.port=8081, false",
    "--spring.profiles.active=worker, false"
  })
  void optionsStartAServerAndEverythingElseIsACommand(String first, boolean command) {
    assertThat(Commands.isOne(new String[] {first, "--x"})).isEqualTo(command);
    assertThat(Commands.isOne(new String[0])).isFalse();
  }

  @Test
  void eachCommandSaysWhatItTakes() {
    assertThat(run("--help").out()).contains("submit", "watch", "compare", "export");
    Ended compare = run("compare", "--help");
    assertThat(compare.code()).isZero();
    assertThat(compare.out()).contains("RUN BASE", "--across", "Exit code 1");
  }

  private record Ended(int code, String out, String err) {}

  @Test
  void aFileIsQueuedAndItsIdIsAllThatIsPrinted() throws Exception {
    Path file = Files.writeString(folder.resolve("run.json"), models().json());

    Ended submitted = lanes("submit", file.toString());

    String id = submitted.out().strip();
    assertThat(submitted.code()).as(submitted.err()).isZero();
    assertThat(submitted.err()).isEqualTo("queued as %s/runs/%s%n".formatted(server.address(), id));
    assertThat(server.admin().get("/api/v1/runs/" + id).json().path("state").asString())
        .isEqualTo("queued");
  }

  @Test
  void aSuiteIsQueuedByItsName() {
    Ended submitted = lanes("submit", "quickstart");

    assertThat(submitted.code()).as(submitted.err()).isZero();
    assertThat(submitted.out()).matches("[0-9a-f-]{36}\\R");
  }

  @Test
  void whatTheServerRefusesIsToldWithWhatIsAllowed() throws Exception {
    Path file = Files.writeString(folder.resolve("run.json"), aRun().axis("model", "magic").json());

    Ended refused = lanes("submit", file.toString());

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err())
        .contains("the server answers 422", "/matrix/model", "magic", "\"threads\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "submit nowhere/run.json | there is no file nowhere/run.json",
        "submit no-such-suite | the server answers 404",
        "watch 01a216aa-0000-7000-8000-000000000000 | the server answers 404",
        "watch latest | latest",
        "compare 01a216aa-0000-7000-8000-000000000000 | BASE",
        "dance | dance"
      })
  void whatCannotBeDoneIsAnErrorThatSaysWhy(String words, String why) {
    Ended failed = lanes(words.split(" "));

    assertThat(failed.code()).isEqualTo(2);
    assertThat(failed.err()).contains(why);
    assertThat(failed.out()).isEmpty();
  }

  @Test
  void aServerThatIsNotThereIsNoVerdict() {
    String id = "01a216aa-0000-7000-8000-000000000000";

    Ended failed = run("compare", id, id, "--server", "http://127.0.0.1:9");

    assertThat(failed.code()).isEqualTo(2);
    assertThat(failed.err()).contains("http://127.0.0.1:9 does not answer");
  }

  @Test
  void aRunIsWatchedToItsEnd() {
    String completed = measured(1, 1.0);
    String cancelled = queue.submit(models()).replaceAll(".*/", "");
    server.admin().post("/api/v1/runs/%s/cancellation".formatted(cancelled), "{}");

    Ended first = lanes("watch", completed);
    Ended second = lanes("watch", cancelled);

    assertThat(first.code()).isZero();
    assertThat(first.out().strip()).isEqualTo("completed 2/2 cells");
    assertThat(second.code()).isEqualTo(1);
    assertThat(second.out()).startsWith("cancelled 0/2 cells");
  }

  @Test
  void aBarShowsWhatIsDoneAndWhatIsLeft() {
    var view =
        JsonMapper.shared()
            .readTree(
                """
                { "state": "running",
                  "progress": { "cells_total": 4, "cells_done": 2, "cells_failed": 1,
                                "current": "pi: round 3", "seconds_left": 61.6 } }
                """);

    assertThat(Watch.bar(view)).isEqualTo("[###############...............] 62 s left");
    assertThat(Watch.line(view)).isEqualTo("running 2/4 cells, 1 without figures: pi: round 3");
  }

  @Test
  void aRegressionIsConfirmedInMarkdown() {
    String base = measured(1, 1.0);
    String run = measured(2, 1.2);

    Ended compared = lanes("compare", run, base);

    assertThat(compared.code()).as(compared.err()).isEqualTo(1);
    assertThat(compared.out())
        .startsWith("### Lanes: 1 regression confirmed")
        .contains("| | cell | measure | finding |")
        .containsPattern(
            "\\| slower \\| .*model threads.* \\| total\\\\?_seconds \\| 1\\.\\d+× slower .*\\|")
        .contains("(`%s`) against".formatted(run), "(`%s`).".formatted(base));
  }

  @Test
  void withoutOneNothingIsSaidToBeProven() {
    String base = measured(1, 1.0);
    String run = measured(2, 1.0);

    Ended compared = lanes("compare", run, base);

    assertThat(compared.code()).as(compared.err()).isZero();
    assertThat(compared.out())
        .startsWith("### Lanes: no regression confirmed")
        .doesNotContain("| slower |", "| faster |");
  }

  @Test
  void aDifferenceTooSmallToMatterIsShownAndNotConfirmed() {
    String base = measured(1, 1.0);
    String run = measured(2, 1.015);

    Ended compared = lanes("compare", run, base);

    assertThat(compared.code()).as(compared.out()).isZero();
    assertThat(compared.out())
        .contains("no regression confirmed", "may be slower all the same")
        .containsPattern("\\| not confirmed \\| .*model threads.* slower ");
  }

  @Test
  void fasterIsNoRegression() {
    String base = measured(1, 1.2);
    String run = measured(2, 1.0);

    Ended compared = lanes("compare", run, base);

    assertThat(compared.code()).isZero();
    assertThat(compared.out()).contains("no regression confirmed", "| faster |");
  }

  @Test
  void aCellThatWorkedAndCrashesIsARegression() {
    String base = measured(1, 1.0);
    String run = measured(2, 1.0, Outcome.CRASHED);

    Ended compared = lanes("compare", run, base);

    assertThat(compared.code()).as(compared.out()).isEqualTo(1);
    assertThat(compared.out())
        .contains("1 regression confirmed", "gave figures before, now crashed: signal 11");
  }

  @Test
  void whatCannotBeComparedIsNoGoodNews() {
    String base = measured(1, 1.0);
    worker = server.worker("w2");
    worker.reportWithBundled();
    String elsewhere = measured(2, 1.2);

    Ended compared = lanes("compare", elsewhere, base);

    assertThat(compared.code()).isEqualTo(2);
    assertThat(compared.out())
        .contains("nothing could be compared", "not comparable unless asked for by across=host");
    assertThat(lanes("compare", elsewhere, base, "--across", "host").code()).isEqualTo(1);
  }

  @Test
  void aRunThatGoesOnIsNotJudged() {
    String base = measured(1, 1.0);
    String waiting = queue.submit(models()).replaceAll(".*/", "");

    Ended compared = lanes("compare", waiting, base);

    assertThat(compared.code()).isEqualTo(2);
    assertThat(compared.err()).contains("is queued; wait for it with: lanes watch " + waiting);
  }

  @Test
  void cellsAreTakenAway() {
    String run = measured(1, 1.0);

    Ended exported = lanes("export", run);

    assertThat(exported.out())
        .isEqualTo(server.admin().get("/api/v1/runs/%s/cells".formatted(run)).body());
    Ended unknown = lanes("export", run, "--format", "clay-tablet");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.out()).isEmpty();
  }

  @Test
  void namesOfOthersStayWords() {
    assertThat(Regressions.safe("a|b <img> @all\n# x `y`"))
        .isEqualTo("a\\|b \\<img\\> \\@all \\# x \\`y\\`");
  }

  /** The job of the documents, word for word, but for the place of the jar. */
  @ParameterizedTest
  @CsvSource({
    "1.2, 1, ### Lanes: 1 regression confirmed",
    "1.0, 0, ### Lanes: no regression confirmed"
  })
  void theJobForCiDecides(double slower, int code, String title) throws Exception {
    String base = measured(1, 1.0);
    Files.writeString(folder.resolve("run.json"), models().json());
    Path summary = folder.resolve("summary.md");
    Process job = ciJob(base, summary);
    try {
      Desired desired = worker.await(30);
      for (int i = 0; desired.lease() == null && i < 3; i++) {
        desired = worker.await(30);
      }
      worker.busy(desired.lease());
      measure(desired.lease(), 2, slower, Outcome.SUCCEEDED);

      assertThat(job.waitFor(60, TimeUnit.SECONDS)).isTrue();
      String log = Files.readString(folder.resolve("job.log"));
      assertThat(job.exitValue()).as(log).isEqualTo(code);
      assertThat(log).contains("completed 2/2 cells");
      assertThat(Files.readString(summary)).startsWith(title);
    } finally {
      job.destroyForcibly();
    }
  }

  private Process ciJob(String base, Path summary) throws Exception {
    String page = Files.readString(Path.of("src/docs/command-line.md"));
    String yaml = page.replaceAll("(?s).*```yaml\n(.*?)```.*", "$1");
    Map<String, Map<String, Map<String, List<Map<String, String>>>>> workflow =
        new Yaml().load(yaml);
    String script = workflow.get("jobs").get("compare").get("steps").getLast().get("run");
    assertThat(script).contains("java -jar lanes.jar");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
            "bash",
            "-e",
            "-c",
            script.replace(
                "java -jar lanes.jar", "\"%s\" -cp \"$JARS\" dev.lanes.Launcher".formatted(java)));
    builder.environment().put("JARS", System.getProperty("java.class.path"));
    builder.environment().put("LANES_SERVER", server.address());
    builder.environment().put("LANES_TOKEN", Files.readString(token).strip());
    builder.environment().put("BASE", base);
    builder.environment().put("GITHUB_STEP_SUMMARY", summary.toString());
    File log = folder.resolve("job.log").toFile();
    return builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log).start();
  }

  private Ended lanes(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (all.size() > 1) {
      all.addAll(List.of("--server", server.address(), "--token-file", token.toString()));
    }
    return run(all.toArray(String[]::new));
  }

  private static Ended run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code = Commands.run(new PrintWriter(out), new PrintWriter(err), arguments);
    return new Ended(code, out.toString(), err.toString());
  }

  private static RunBody models() {
    return aRun().axis("model", "sequential", "threads");
  }

  private String measured(long seed, double slower) {
    return measured(seed, slower, Outcome.SUCCEEDED);
  }

  /** A run in which threads are slower by that factor, and end so; what is left is noise. */
  private String measured(long seed, double slower, Outcome threads) {
    queue.submit(models());
    Lease lease = worker.takeJob();
    measure(lease, seed, slower, threads);
    return lease.job().run().toString();
  }

  private void measure(Lease lease, long seed, double slower, Outcome threads) {
    var random = new SplittableRandom(seed);
    List<RoundSamples> samples = new ArrayList<>();
    List<CellEnding> endings = new ArrayList<>();
    for (CellSpec cell : Cells.of(lease)) {
      boolean changed = cell.model().equals("threads") && cell.role() == ArmRole.SUBJECT;
      if (changed && threads != Outcome.SUCCEEDED) {
        endings.add(Cells.failed(cell.id(), threads, "signal 11"));
        continue;
      }
      for (int round = 0; round < ROUNDS; round++) {
        double seconds = (1 + 0.01 * random.nextDouble()) * (changed ? slower : 1);
        samples.add(Cells.total(cell.id(), round, seconds));
      }
      endings.add(Cells.ended(cell.id(), ROUNDS, Quality.STABLE));
    }
    worker.send(lease, 0, new Chunk(samples, List.of(), endings));
    worker.complete(
        lease,
        AttemptOutcome.SUCCEEDED,
        1,
        Map.of("fingerprint", "the same", "protocol_version", 3));
  }
}
