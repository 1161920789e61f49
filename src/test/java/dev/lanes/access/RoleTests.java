package dev.lanes.access;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.web.Caller.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

@OnTestServer
class RoleTests {

  private static final String RUNS = "/api/v1/runs";
  private static final String SYNC = "/api/v1/worker/sync";
  private static final String IDLE = "{\"agent\": \"a\", \"state\": \"idle\"}";

  @Autowired private TestServer server;

  @BeforeEach
  void aHostWithInterpreters() {
    server.clear();
    server.worker("w1").report();
  }

  @Test
  void readingIsOpenWhereItIsConfiguredSo() {
    var anonymous = server.caller(null);

    assertThat(anonymous.get(RUNS).status()).isEqualTo(200);
    assertThat(anonymous.get("/api/v1/workloads").status()).isEqualTo(200);
    assertThat(anonymous.get("/actuator/health").status()).isEqualTo(200);
  }

  @Test
  void writingWithoutATokenIsNot() {
    var anonymous = server.caller(null);

    assertProblem(anonymous.post(RUNS, aRun().json()), 401, "not_signed_in");
    assertProblem(anonymous.post(SYNC, IDLE), 401, "not_signed_in");
    assertProblem(anonymous.post("/api/v1/attempts/1/completion", "{}"), 401, "not_signed_in");
    assertThat(anonymous.post(RUNS, "{}").header("WWW-Authenticate")).startsWith("Bearer");
  }

  @Test
  void metricsAreForAdministrators() {
    var viewer = server.caller(server.tokens().of(Role.VIEWER));

    assertProblem(server.caller(null).get("/actuator/metrics"), 401, "not_signed_in");
    assertProblem(viewer.get("/actuator/metrics"), 403, "forbidden");
    assertThat(server.admin().get("/actuator/metrics").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "not a token",
    "lanes_u000000000000000000000000000000000000",
    "lanes_uDPy9TtTkO7RhoCVgRLpRXrzMAQOcVk0aaaaa",
    "''"
  })
  void aTokenThatIsNotKnownIsRefused(String token) {
    assertThat(server.caller(token).post(RUNS, aRun().json()).status()).isEqualTo(401);
    assertThat(server.caller(token).post(SYNC, IDLE).status()).isEqualTo(401);
  }

  @Test
  void aViewerMayNotSubmit() {
    var viewer = server.caller(server.tokens().of(Role.VIEWER));

    assertThat(viewer.get(RUNS).status()).isEqualTo(200);
    assertProblem(viewer.post(RUNS, aRun().json()), 403, "forbidden");
  }

  @ParameterizedTest
  @EnumSource(names = {"SUBMITTER", "ADMIN"})
  void aSubmitterAndAnAdministratorMay(Role role) {
    var submitter = server.caller(server.tokens().of(role));

    assertThat(submitter.post(RUNS, aRun().json()).status()).isEqualTo(202);
  }

  @Test
  void aWorkerMayOnlyMeasure() {
    var run = server.admin().post(RUNS, aRun().json());
    var worker = server.worker("w1").caller();

    assertProblem(worker.post(RUNS, aRun().json()), 403, "forbidden");
    assertProblem(worker.post(run.header("Location") + "/cancellation", "{}"), 403, "forbidden");
    assertProblem(worker.get("/actuator/metrics"), 403, "forbidden");
    assertThat(worker.post(SYNC, IDLE).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(names = {"VIEWER", "SUBMITTER", "ADMIN"})
  void nobodyElseMaySpeakAsAWorker(Role role) {
    var person = server.caller(server.tokens().of(role));

    assertProblem(person.post(SYNC, IDLE), 403, "forbidden");
    assertProblem(person.post("/api/v1/attempts/1/completion", "{}"), 403, "forbidden");
    assertProblem(
        person.put("/api/v1/attempts/1/chunks/0", new byte[0], "Lanes-Lease", "x"),
        403,
        "forbidden");
  }

  @Test
  void theTokensOfThisMachineAreForTheirOwnerAlone() throws Exception {
    Path home = Path.of("target/test-server");

    for (String file : new String[] {"token", "worker-token"}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(file))))
          .isEqualTo("rw-------");
    }
    var localWorker = server.caller(server.tokens().localWorker());
    assertThat(localWorker.post(SYNC, IDLE).status()).isEqualTo(200);
    assertThat(server.tokens().local()).matches("lanes_u[0-9A-Za-z]{36}");
  }

  @Test
  void theDatabaseHoldsNoTokenThatCouldBeUsed() {
    String token = server.tokens().of(Role.ADMIN);

    var rows = server.jdbc().sql("SELECT t::text FROM token t").query(String.class).list();

    assertThat(rows).isNotEmpty().noneMatch(row -> row.contains(token));
  }

  @Test
  void aRevokedTokenIsRefused() {
    String token = server.tokens().of(Role.SUBMITTER);
    assertThat(server.caller(token).post(RUNS, aRun().json()).status()).isEqualTo(202);

    server.jdbc().sql("UPDATE token SET revoked_at = now() WHERE name = 'a submitter'").update();

    assertThat(server.caller(token).post(RUNS, aRun().json()).status()).isEqualTo(401);
  }

  @Test
  void everyAnswerIsFencedIn() {
    var answer = server.caller(null).get(RUNS);

    assertThat(answer.header("Content-Security-Policy"))
        .contains("default-src 'self'", "frame-ancestors 'none'");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
  }

  private static void assertProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().path("code").asString()).isEqualTo(code);
  }
}
