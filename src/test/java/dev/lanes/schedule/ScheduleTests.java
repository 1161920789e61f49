package dev.lanes.schedule;

import static dev.lanes.schedule.ScheduleCalls.SCHEDULES;
import static dev.lanes.schedule.ScheduleCalls.body;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.web.Caller;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@OnTestServer
class ScheduleTests {

  @Autowired private TestServer server;

  private ScheduleCalls calls;

  @BeforeEach
  void aHost() {
    server.clear();
    server.worker("w1").report();
    calls = new ScheduleCalls(server);
  }

  @Test
  void oneCallRepeatsTheNightlySuite() {
    var made = server.admin().post(SCHEDULES, body("nightly"));

    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(made.header("ETag")).isEqualTo(made.json().path("version").asString());
    assertThat(made.json().path("name").asString()).isEqualTo("nightly");
    assertThat(made.json().path("words").asString()).isEqualTo("at 02:30 every day");
    assertThat(made.json().path("missed").asString()).isEqualTo("once");
    assertThat(made.json().path("state").asString()).isEqualTo("active");
    assertThat(made.json().path("overdue").isNull()).isTrue();
    var told = server.admin().get(made.header("Location")).json();
    assertThat(told).isEqualTo(made.json());
  }

  @Test
  void theNextFiveTimesAreToldAsTheZonesClockShowsThem() {
    JsonNode next = calls.get(calls.make("nightly")).path("next_firings");

    assertThat(next).hasSize(5);
    for (JsonNode due : next) {
      OffsetDateTime local = OffsetDateTime.parse(due.path("local").asString());
      assertThat(local.toLocalTime()).hasToString("02:30");
      assertThat(local.toInstant()).isEqualTo(Instant.parse(due.path("due_at").asString()));
    }
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    var refused =
        server
            .admin()
            .post(
                SCHEDULES,
                body(
                    "nothing",
                    "cron",
                    "0 25 * * *",
                    "zone",
                    "Mars/Olympus",
                    "repetitions",
                    0,
                    "priority",
                    101,
                    "profiles",
                    List.of("none"),
                    "name",
                    " "));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(pointers(refused))
        .containsExactlyInAnyOrder(
            "/suite", "/cron", "/zone", "/repetitions", "/priority", "/profiles/0", "/name");
    assertThat(refused.json().path("errors").path(0).path("allowed").toString())
        .contains("nightly");
    assertThat(calls.count("schedule")).isZero();
  }

  @Test
  void aScheduleNeedsATriggerAndItsCronAZone() {
    assertThat(pointers(server.admin().post(SCHEDULES, "{\"suite\": \"nightly\"}")))
        .containsExactly("/cron");
    String noZone = "{\"suite\": \"nightly\", \"cron\": \"0 2 * * *\"}";
    assertThat(pointers(server.admin().post(SCHEDULES, noZone))).containsExactly("/zone");
    assertThat(pointers(server.admin().post(SCHEDULES, body("nightly", "missed", "twice"))))
        .containsExactly("/missed");
  }

  private static List<String> pointers(Caller.Answer refused) {
    return refused
        .json()
        .path("errors")
        .valueStream()
        .map(error -> error.path("pointer").asString())
        .toList();
  }

  @Test
  void aChangeNamesTheVersionThatItIsOf() {
    UUID schedule = calls.make("nightly");
    String path = SCHEDULES + "/" + schedule;
    String changed = body("nightly", "cron", "0 4 * * *", "zone", "UTC");

    var unversioned = server.admin().put(path, changed);
    var first = server.admin().put(path, changed, "If-Match", "\"1\"");
    var stale = server.admin().put(path, changed, "If-Match", "\"1\"");

    assertThat(unversioned.status()).isEqualTo(428);
    assertThat(first.status()).as(first.body()).isEqualTo(200);
    assertThat(first.header("ETag")).isEqualTo("\"2\"");
    assertThat(first.json().path("next_firings").path(0).path("local").asString())
        .endsWith("T04:00:00Z");
    assertThat(stale.status()).isEqualTo(412);
  }

  @Test
  void whatIsDueIsForgottenOnlyWhereTheTimesChange() {
    UUID schedule = calls.make("nightly");
    Instant due = Instant.parse("2025-05-01T00:30:00Z");
    calls.dueFrom(schedule, due);

    calls.replace(schedule, body("nightly", "priority", 5));
    assertThat(first(schedule)).isEqualTo(due);

    calls.replace(schedule, body("nightly", "paused", true));
    calls.replace(schedule, body("nightly", "paused", false));
    assertThat(first(schedule)).isAfter(Instant.parse("2026-01-01T00:00:00Z"));
  }

  private Instant first(UUID schedule) {
    return Instant.parse(
        calls.get(schedule).path("next_firings").path(0).path("due_at").asString());
  }

  @Test
  void theSameKeyMakesOneSchedule() {
    String key = UUID.randomUUID().toString();
    var one = server.admin().post(SCHEDULES, body("nightly"), "Idempotency-Key", key);
    var again = server.admin().post(SCHEDULES, body("nightly"), "Idempotency-Key", key);
    var other =
        server.admin().post(SCHEDULES, body("nightly", "priority", 1), "Idempotency-Key", key);

    assertThat(again.status()).isEqualTo(201);
    assertThat(again.json()).isEqualTo(one.json());
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.json().path("code").asString()).isEqualTo("idempotency_key_reused");
    assertThat(calls.count("schedule")).isEqualTo(1);
  }

  @Test
  void aNameIsTakenOnce() {
    UUID first = calls.make("nightly");
    calls.make("quickstart");

    assertThat(server.admin().post(SCHEDULES, body("nightly")).status()).isEqualTo(409);
    var renamed = calls.replace(first, body("nightly", "name", "quickstart"));
    assertThat(renamed.json().path("code").asString()).isEqualTo("schedule_exists");
  }

  @Test
  void aDeletedScheduleLeavesItsRuns() {
    UUID schedule = calls.make("nightly");
    server.admin().post(SCHEDULES + "/" + schedule + "/firings", "");

    var deleted = delete(schedule);

    assertThat(deleted).isEqualTo(204);
    assertThat(server.admin().get(SCHEDULES + "/" + schedule).status()).isEqualTo(404);
    assertThat(server.admin().get(SCHEDULES + "/" + schedule + "/firings").status()).isEqualTo(404);
    assertThat(calls.count("run")).isEqualTo(1);
  }

  private int delete(UUID schedule) {
    return server
        .admin()
        .delete(
            SCHEDULES + "/" + schedule, "If-Match", calls.get(schedule).path("version").asString())
        .status();
  }

  @Test
  void runNowMakesAFiringBesideThoseThatAreDue() {
    UUID schedule = calls.make("nightly", "paused", true);
    String path = SCHEDULES + "/" + schedule + "/firings";

    var fired = server.admin().post(path, "", "Idempotency-Key", "now");
    var again = server.admin().post(path, "", "Idempotency-Key", "now");

    assertThat(fired.status()).as(fired.body()).isEqualTo(202);
    assertThat(fired.json().path("cause").asString()).isEqualTo("by_hand");
    assertThat(again.json()).isEqualTo(fired.json());
    assertThat(calls.count("run")).isEqualTo(1);
    var run = server.admin().get("/api/v1/runs/" + fired.json().path("run").asString());
    assertThat(run.json().path("labels").path("schedule").asString()).isEqualTo("nightly");
    assertThat(calls.get(schedule).path("last_firing")).isEqualTo(fired.json());
  }

  @Test
  void runNowIsRefusedAsTheRunWouldBe() {
    UUID schedule = calls.make("nightly");
    server.jdbc().sql("TRUNCATE host CASCADE").update();

    var refused = server.admin().post(SCHEDULES + "/" + schedule + "/firings", "");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("detail").asString()).contains("start a worker");
    assertThat(calls.count("firing")).isZero();
  }

  @Test
  void firingsComeInPages() {
    UUID schedule = calls.make("nightly");
    String path = SCHEDULES + "/" + schedule + "/firings";
    for (int i = 0; i < 3; i++) {
      server.admin().post(path, "");
    }

    var first = server.admin().get(path + "?limit=2").json();
    var second =
        server.admin().get(path + "?limit=2&cursor=" + first.path("next").asString()).json();

    assertThat(first.path("items")).hasSize(2);
    assertThat(second.path("items")).hasSize(1);
    assertThat(second.path("next").isNull()).isTrue();
    assertThat(server.admin().get(path + "?cursor=nonsense").status()).isEqualTo(422);
  }

  @Test
  void aPreviewSaysWhatCronMeans() {
    var preview =
        server
            .admin()
            .get(SCHEDULES + "/preview?cron=0%202%20*%20*%20MON-FRI&zone=America/New_York");
    var refused = server.admin().get(SCHEDULES + "/preview?cron=0%202%20*&zone=Nowhere");

    assertThat(preview.json().path("words").asString()).isEqualTo("at 02:00 from Monday to Friday");
    assertThat(preview.json().path("next_firings")).hasSize(5);
    assertThat(pointers(refused)).containsExactly("/cron", "/zone");
  }

  @Test
  void whoMadeItIsInTheAudit() {
    UUID schedule = calls.make("nightly");

    JsonNode entry = server.admin().get("/api/v1/audit?limit=1").json().path("items").path(0);

    assertThat(entry.path("action").asString()).isEqualTo("schedule_saved");
    assertThat(entry.path("subject").asString()).isEqualTo(schedule.toString());
    assertThat(entry.path("detail").path("suite").asString()).isEqualTo("nightly");
  }
}
