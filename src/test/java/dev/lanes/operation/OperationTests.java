package dev.lanes.operation;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.access.Role;
import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.Lease;
import dev.lanes.run.Cells;
import dev.lanes.run.Queue;
import dev.lanes.web.Caller;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@OnTestServer
class OperationTests {

  private static final Pattern NAME =
      Pattern.compile("\\b(?:lanes|http|jvm|hikaricp|process)_\\w+");

  @Autowired private TestServer server;
  private Queue queue;
  private SimulatedWorker worker;

  @BeforeEach
  void aHost() {
    server.clear();
    queue = new Queue(server);
    worker = server.worker("w1");
    worker.report();
  }

  @ParameterizedTest
  @ValueSource(strings = {"liveness", "readiness"})
  void aStrangerLearnsThatTheServerIsWellAndNothingElse(String probe) {
    var answer = server.caller(null).get("/actuator/health/" + probe);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().propertyNames()).containsExactly("status");
  }

  @Test
  void aServerWhoseQueueDoesNotAnswerIsAliveAndNotReady() {
    var anonymous = server.caller(null);
    server.jdbc().sql("ALTER TABLE job RENAME TO job_away").update();
    try {
      var ready = anonymous.get("/actuator/health/readiness");

      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.body()).isEqualTo("{\"status\":\"DOWN\"}");
      assertThat(anonymous.get("/actuator/health/liveness").status()).isEqualTo(200);
      assertThat(metric("lanes_jobs_waiting")).isNaN();
    } finally {
      server.jdbc().sql("ALTER TABLE job_away RENAME TO job").update();
    }
    assertThat(anonymous.get("/actuator/health/readiness").status()).isEqualTo(200);
  }

  @Test
  void metricsNeedAViewersToken() {
    var viewer = server.caller(server.tokens().of(Role.VIEWER));

    assertThat(server.caller(null).get("/actuator/prometheus").status()).isEqualTo(401);
    assertThat(worker.caller().get("/actuator/prometheus").status()).isEqualTo(403);
    assertThat(viewer.get("/actuator/prometheus").status()).isEqualTo(200);
  }

  @Test
  void theQueueIsToldAsItIs() {
    queue.submit(aRun());
    queue.submit(aRun());
    server.jdbc().sql("UPDATE job SET created_at = now() - interval '5 min'").update();
    double lost = metric("lanes_attempts_ended_total{outcome=\"worker_lost\"}");

    assertThat(metric("lanes_jobs_waiting")).isEqualTo(2);
    assertThat(metric("lanes_jobs_waiting_longest_seconds")).isBetween(300.0, 400.0);
    worker.takeJob();
    assertThat(metric("lanes_jobs_waiting")).isEqualTo(1);
    assertThat(metric("lanes_leases_open")).isEqualTo(1);
    assertThat(metric("lanes_leases_expired")).isEqualTo(0);
    queue.letLeasesExpire();
    assertThat(metric("lanes_leases_expired")).isEqualTo(1);
    assertThat(metric("lanes_workers_seen")).isEqualTo(1);
    server.jdbc().sql("UPDATE host SET last_seen_at = now() - interval '2 min'").update();
    assertThat(metric("lanes_workers_seen")).isEqualTo(0);
    assertThat(metric("lanes_workers_known")).isEqualTo(1);

    worker.restarted().report();
    assertThat(metric("lanes_attempts_ended_total{outcome=\"worker_lost\"}"))
        .isEqualTo((Double.isNaN(lost) ? 0 : lost) + 1);
  }

  @Test
  void aFiringThatMadeNoRunIsCountedForADay() {
    server
        .jdbc()
        .sql(
            """
            WITH made AS (
              INSERT INTO schedule (id, name, suite, cron, zone, missed, paused, on_new_interpreter,
                                    labels, owner, created_at, version)
              VALUES (uuidv7(), 'nights', 'nightly', '0 3 * * *', 'UTC', 'skip', false, false,
                      '{}', 'ann', now(), 0)
              RETURNING id)
            INSERT INTO firing (schedule_id, due_at, fired_at, cause, outcome, reason)
            SELECT id, now() - age * interval '1 h', now(), 'cron', outcome, 'the server was away'
            FROM made, (VALUES (1, 'skipped'), (2, 'fired'), (25, 'skipped')) AS f (age, outcome)
            """)
        .update();

    assertThat(metric("lanes_firings_missed")).isEqualTo(1);
  }

  /** A panel whose name nobody tells any more would stay empty, as if all were well. */
  @Test
  void everyMetricOfTheDashboardIsTold() throws Exception {
    queue.submit(aRun());
    Lease lease = worker.takeJob();
    worker.send(lease, 0, Cells.everything(lease, 1));
    var refused = worker.put(lease, 0, SimulatedWorker.json(Cells.everything(lease, 2)));
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);
    assertThat(refused.status()).isEqualTo(409);
    JsonNode dashboard =
        JsonMapper.shared().readTree(Files.readString(Path.of("src/docs/grafana-dashboard.json")));
    Set<String> named = new TreeSet<>();
    for (JsonNode expression : dashboard.findValues("expr")) {
      NAME.matcher(expression.asString()).results().forEach(found -> named.add(found.group()));
    }
    String scrape = scrape();

    assertThat(named).hasSizeGreaterThan(10);
    assertThat(named)
        .allSatisfy(name -> assertThat(scrape).containsPattern("(?m)^" + name + "[ {]"));
    assertThat(metric("http_server_requests_seconds_count", "chunks", "status=\"409\""))
        .isPositive();
  }

  @Test
  void theJarSaysWhatItIsMadeOf() throws Exception {
    var sbom =
        JsonMapper.shared()
            .readTree(new ClassPathResource("META-INF/sbom/application.cdx.json").getInputStream());

    assertThat(sbom.path("bomFormat").asString()).isEqualTo("CycloneDX");
    assertThat(sbom.path("components").findValuesAsString("name"))
        .contains("postgresql", "spring-boot", "flyway-core");
    assertThat(server.admin().get("/actuator/sbom/application").status()).isEqualTo(200);
    assertThat(server.caller(null).get("/actuator/sbom/application").status()).isEqualTo(401);
  }

  private String scrape() {
    Caller.Answer answer = server.admin().get("/actuator/prometheus");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  /** Value of the first line that starts so and has these parts; NaN when there is none. */
  private double metric(String start, String... parts) {
    return scrape()
        .lines()
        .filter(line -> line.startsWith(start))
        .filter(line -> java.util.Arrays.stream(parts).allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }
}
