package dev.lanes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.catalog.Outcome;
import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.fault.Stage.Timings;
import dev.lanes.postgres.TestPostgres;
import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Chunk.CellEnding;
import dev.lanes.protocol.Chunk.RoundEvidence;
import dev.lanes.protocol.Chunk.RoundSamples;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.JobSpec.CellSpec;
import dev.lanes.protocol.Lease;
import dev.lanes.run.Cells;
import dev.lanes.run.RunBody;
import dev.lanes.web.Caller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** A server of today on the database of an earlier release, with everything that was in it. */
@Tag("fault")
class UpgradeTests {

  private static final int ROUNDS = 12;
  private static final String API = "/api/v1";

  static List<Release> releases() throws Exception {
    return Release.all();
  }

  @ParameterizedTest
  @MethodSource("releases")
  @Tag("smoke")
  void whatAReleaseToldIsToldStillAndWhatWaitedIsMeasured(Release release) throws Exception {
    TestPostgres postgres = TestPostgres.empty(Stage.histories().resolve("upgraded"));
    postgres.start();
    try {
      release.load(postgres);
      assertThat(jobs(postgres, "leased")).as("measured when it was stopped").isEqualTo(1);
      assertThat(jobs(postgres, "queued")).as("waited when it was stopped").isEqualTo(1);
      try (Scene scene = Stage.ownScene("upgrade", Timings.BRISK, postgres, postgres.url())) {
        scene.judgesNoPromises();
        var server = new Caller(scene.stage().replicas().getFirst().address(), null);

        for (var told : release.answers().entrySet()) {
          Caller.Answer answer = server.get(told.getKey());
          assertThat(answer.status()).as(told.getKey()).isEqualTo(200);
          assertTold(told.getKey(), told.getValue(), answer.json());
        }
        SimulatedWorker worker = scene.worker("h1");
        Stage.await("its silent worker is given up", 60, () -> jobs(postgres, "queued") == 2);
        for (int i = 0; i < 2; i++) {
          Lease lease = worker.takeJob();
          worker.send(lease, 0, Cells.everything(lease, 1));
          worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);
        }
        assertThat(scene.count("run WHERE state NOT IN ('completed', 'cancelled')")).isZero();
      }
    } finally {
      Stage.leave();
      postgres.stopIfAlive();
    }
  }

  private static int jobs(TestPostgres postgres, String state) {
    try {
      return postgres
          .jdbc()
          .sql("SELECT count(*) FROM job WHERE state = :state")
          .param("state", state)
          .query(Integer.class)
          .single();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Later releases may tell more, but nothing else and nothing less. */
  private static void assertTold(String where, JsonNode then, JsonNode now) {
    if (then.isObject()) {
      then.properties()
          .forEach(field ->
              assertTold(where + "/" + field.getKey(), field.getValue(), now.path(field.getKey())));
    } else if (then.isArray()) {
      assertThat(now.size()).as(where).isEqualTo(then.size());
      for (int i = 0; i < then.size(); i++) {
        assertTold(where + "/" + i, then.get(i), now.path(i));
      }
    } else {
      assertThat(now).as(where).isEqualTo(then);
    }
  }

  /** Run once at each release: {@code ./mvnw test -Dtest=UpgradeTests -Dlanes.release=write}. */
  @Test
  @EnabledIfSystemProperty(named = "lanes.release", matches = "write")
  void recordThisRelease() throws Exception {
    TestPostgres postgres = TestPostgres.empty(Stage.histories().resolve("release"));
    postgres.start();
    try (Scene scene = Stage.ownScene("release", Timings.BRISK, postgres, postgres.url())) {
      scene.judgesNoPromises();
      List<String> paths = fill(scene);
      String address = scene.stage().replicas().getFirst().address();
      Release.of(postgres, address, paths).write();
    } finally {
      Stage.leave();
      postgres.stopIfAlive();
    }
  }

  /** One of everything that a database can hold; gives the calls whose answers are to stay. */
  private static List<String> fill(Scene scene) throws Exception {
    String address = scene.stage().replicas().getFirst().address();
    SimulatedWorker worker = scene.worker("h1");
    worker.reportWithBundled();
    var random = new SplittableRandom(20261126);
    Wire ann = scene.person("ann");

    String before = id(ann.submit("before", work().named("before").json()));
    measure(worker, random, 1.0);
    String after = id(ann.submit("after", work().named("after").json()));
    measure(worker, random, 1.2);
    String failed = id(ann.submit("failed", RunBody.aRun().named("failed").json()));
    Lease lease = worker.takeJob();
    List<CellEnding> ends = new ArrayList<>();
    for (CellSpec cell : Cells.of(lease)) {
      ends.add(Cells.failed(cell.id(), Outcome.CRASHED, "exit signal SIGSEGV"));
    }
    worker.send(lease, 0, new Chunk(List.of(), List.of(), ends));
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);
    String cancelled = id(ann.submit("cancelled", RunBody.aRun().named("cancelled").json()));
    var admin = new Caller(address, Files.readString(home().resolve("token")).strip());
    expect(202, admin.post(API + "/runs/" + cancelled + "/cancellation", "{}"));
    expect(
        201,
        admin.post(
            API + "/suites",
            "{\"name\": \"mine\", \"about\": \"why\", \"run\": %s}".formatted(work().json())));
    expect(
        201,
        admin.post(
            API + "/schedules",
            "{\"suite\": \"mine\", \"cron\": \"30 2 29 2 *\", \"zone\": \"Europe/Berlin\","
                + " \"paused\": true}"));
    expect(201, admin.put(API + "/profiles/big", "{\"cores\": 8}"));
    ann.submit("open", RunBody.aRun().named("open").json());
    Lease open = worker.takeJob();
    worker.send(open, 0, Cells.oneRound(open, 0, 1));
    ann.submit("waits", RunBody.aRun().named("waits").json());

    List<String> paths = new ArrayList<>();
    for (String run : List.of(before, after, failed, cancelled)) {
      paths.add(API + "/runs/" + run);
      paths.add(API + "/runs/" + run + "/cells");
    }
    var cells = new Caller(address, null).get(API + "/runs/" + after + "/cells").json();
    for (JsonNode cell : cells.path("items")) {
      paths.add(API + "/cells/" + cell.path("id").asString() + "/samples");
    }
    paths.add(API + "/comparisons?run=" + after);
    paths.add(API + "/comparisons?run=" + after + "&against=" + before);
    paths.add(API + "/suites/mine");
    return paths;
  }

  private static RunBody work() {
    return RunBody.aRun().axis("model", "sequential", "threads").axis("digits", 20, 40);
  }

  private static Path home() {
    return Stage.histories().resolve("home");
  }

  private static String id(String address) {
    return address.substring(address.lastIndexOf('/') + 1);
  }

  private static void expect(int status, Caller.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
  }

  private static void measure(SimulatedWorker worker, SplittableRandom random, double slower) {
    Lease lease = worker.takeJob();
    List<RoundSamples> samples = new ArrayList<>();
    List<RoundEvidence> evidence = new ArrayList<>();
    List<CellEnding> ends = new ArrayList<>();
    for (int group = 0; group < lease.job().groups().size(); group++) {
      for (int round = 0; round < ROUNDS; round++) {
        evidence.add(
            Cells.evidence(group, round, round == 3 ? new String[] {"steal"} : new String[0]));
        for (CellSpec cell : lease.job().groups().get(group).cells()) {
          double seconds = slower * (1 + random.nextDouble() * 0.02);
          samples.add(Cells.total(cell.id(), round, seconds));
        }
      }
    }
    Cells.of(lease).forEach(cell -> ends.add(Cells.succeeded(cell.id(), ROUNDS)));
    worker.send(lease, 0, new Chunk(samples, evidence, ends));
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);
  }
}
