package dev.lanes.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.run.RunBody;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** What a firing makes, or why it makes nothing. */
@OnTestServer
class FiringTests {

  private static final Instant DUE = Instant.parse("2025-05-01T00:30:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  @Autowired private TestServer server;
  @Autowired private ApplicationContext beans;

  private ScheduleCalls calls;
  private TestDispatcher dispatcher;

  @BeforeEach
  void aHostAndASuite() {
    server.clear();
    server.worker("w1").report();
    calls = new ScheduleCalls(server);
    calls.saveSuite("one");
    dispatcher = new TestDispatcher(beans);
  }

  private UUID dueSchedule(Object... changes) {
    UUID schedule = calls.make("one", changes);
    calls.dueFrom(schedule, DUE);
    return schedule;
  }

  private JsonNode last(UUID schedule) {
    return calls.get(schedule).path("last_firing");
  }

  @Test
  void aFiringQueuesTheSuiteAsTheScheduleWantsIt() {
    UUID schedule =
        dueSchedule("name", "night", "priority", -20, "labels", java.util.Map.of("team", "red"));

    dispatcher.lookAt(DUE.plusSeconds(2));

    String id = last(schedule).path("run").asString();
    JsonNode run = server.admin().get("/api/v1/runs/" + id).json();
    assertThat(run.path("state").asString()).isEqualTo("queued");
    assertThat(run.path("priority").asInt()).isEqualTo(-20);
    assertThat(run.path("labels").path("suite").asString()).isEqualTo("one");
    assertThat(run.path("labels").path("schedule").asString()).isEqualTo("night");
    assertThat(run.path("labels").path("team").asString()).isEqualTo("red");
    assertThat(server.worker("w1").takeJob()).isNotNull();
  }

  @Test
  void nothingFiresBeforeItsTimeOrWhilePaused() {
    UUID schedule = dueSchedule();
    dispatcher.lookAt(DUE.minusMillis(1));
    assertThat(calls.count("firing")).isZero();

    calls.replace(schedule, ScheduleCalls.body("one", "paused", true));
    dispatcher.lookAt(DUE.plusSeconds(2));

    assertThat(calls.count("firing")).isZero();
    assertThat(calls.get(schedule).path("state").asString()).isEqualTo("paused");
    assertThat(calls.get(schedule).path("next_firings")).isEmpty();
  }

  @Test
  void aTimeIsSkippedWhileTheRunBeforeItHasNotFinished() {
    UUID schedule = dueSchedule();
    dispatcher.lookAt(DUE);
    dispatcher.lookAt(DUE.plus(DAY));
    JsonNode skipped = last(schedule);
    calls.endRuns();
    dispatcher.lookAt(DUE.plus(DAY).plus(DAY));

    assertThat(skipped.path("outcome").asString()).isEqualTo("skipped");
    assertThat(skipped.path("reason").asString()).contains("has not finished");
    assertThat(last(schedule).path("outcome").asString()).isEqualTo("fired");
    assertThat(calls.count("run")).isEqualTo(2);
  }

  @Test
  void aScheduleEndsWithItsLastRepetition() {
    UUID schedule = dueSchedule("repetitions", 2);
    assertThat(calls.get(schedule).path("next_firings")).hasSize(2);

    for (int day = 0; day < 4; day++) {
      dispatcher.lookAt(DUE.plus(DAY.multipliedBy(day)));
      calls.endRuns();
    }

    assertThat(calls.count("run")).isEqualTo(2);
    assertThat(calls.get(schedule).path("state").asString()).isEqualTo("ended");
    assertThat(calls.get(schedule).path("next_firings")).isEmpty();
  }

  @Test
  void whatCannotBeSubmittedIsAFailedFiringWithItsProblemAndHoldsNothingUp() {
    UUID schedule = dueSchedule("name", "a");
    calls.saveSuite("other");
    UUID other = calls.make("other", "name", "b");
    calls.dueFrom(other, DUE);
    server
        .jdbc()
        .sql(
            """
            UPDATE own_suite
            SET run = jsonb_set(run, '{matrix,interpreter}', '["cpython-3.9"]')
            WHERE name = 'one'
            """)
        .update();

    dispatcher.lookAt(DUE);
    dispatcher.lookAt(DUE.plusSeconds(5));

    JsonNode failed = last(schedule);
    assertThat(failed.path("outcome").asString()).isEqualTo("failed");
    assertThat(failed.path("run").isNull()).isTrue();
    assertThat(failed.path("problem").path("code").asString()).isEqualTo("invalid_run");
    assertThat(failed.path("problem").path("errors").path(0).path("pointer").asString())
        .isEqualTo("/matrix/interpreter/0");
    assertThat(calls.count("firing")).as("one for each schedule, tried once").isEqualTo(2);
    assertThat(last(other).path("outcome").asString()).isEqualTo("fired");
  }

  @Test
  void soIsASuiteOfLanesWithoutAHostOrOneThatIsGone() {
    UUID builtIn = calls.make("nightly");
    UUID gone = calls.make("one");
    calls.dueFrom(builtIn, DUE);
    calls.dueFrom(gone, DUE);
    server.jdbc().sql("TRUNCATE host CASCADE").update();
    server.jdbc().sql("DELETE FROM own_suite").update();

    dispatcher.lookAt(DUE);

    assertThat(last(builtIn).path("problem").path("detail").asString()).contains("start a worker");
    assertThat(last(gone).path("problem").path("code").asString()).isEqualTo("not_found");
  }

  @Test
  void aMissingRunIsOverdueUntilOneBegins() {
    UUID schedule = dueSchedule();
    server.jdbc().sql("TRUNCATE host CASCADE").update();
    dispatcher.lookAt(DUE);
    JsonNode failed = overdue(schedule);
    server.worker("w1").report();
    dispatcher.lookAt(DUE.plus(DAY));
    JsonNode waiting = overdue(schedule);
    server.worker("w1").takeJob();
    calls.dueFrom(schedule, Instant.parse("2099-01-01T00:00:00Z"));

    assertThat(failed.path("since").asString()).isEqualTo(DUE.toString());
    assertThat(failed.path("reason").asString()).contains("failed", "interpreter");
    assertThat(waiting.path("since").asString()).as("still the first").isEqualTo(DUE.toString());
    assertThat(waiting.path("reason").asString()).contains("waits in the queue");
    assertThat(overdue(schedule).isNull()).isTrue();
    assertThat(listed().path("overdue").isNull()).isTrue();
  }

  @Test
  void aTimeThatNoServerLookedAtIsOverdueToo() {
    UUID schedule = dueSchedule();

    assertThat(overdue(schedule).path("since").asString()).isEqualTo(DUE.toString());
    assertThat(listed().path("overdue").path("reason").asString()).contains("no server");

    calls.replace(schedule, ScheduleCalls.body("one", "paused", true));
    assertThat(overdue(schedule).isNull()).as("nothing is expected of it").isTrue();
  }

  private JsonNode overdue(UUID schedule) {
    return calls.get(schedule).path("overdue");
  }

  private JsonNode listed() {
    return server.admin().get(ScheduleCalls.SCHEDULES).json().path("items").path(0);
  }

  @Test
  void aBuildThatNoHostHadMakesOneRunOfASuiteThatMeasuresIt() {
    var every = RunBody.aRun().axis("interpreter", "*");
    server.admin().post("/api/v1/suites", ScheduleCalls.suite("every", every));
    UUID schedule = calls.make("every", "on_new_interpreter", true, "cron", null);
    UUID other = calls.make("one", "on_new_interpreter", true, "cron", null);

    dispatcher.lookForBuildsAt(DUE);
    assertThat(calls.count("firing")).as("nothing is new yet").isZero();
    server.worker("w2").reportWithBundled();
    dispatcher.lookForBuildsAt(DUE.plusSeconds(5));
    new TestDispatcher(beans).lookForBuildsAt(DUE.plusSeconds(6));

    assertThat(calls.firings(other)).as("its suite names another line").isEmpty();
    List<JsonNode> firings = calls.firings(schedule);
    assertThat(firings).hasSize(1);
    assertThat(firings.getFirst().path("cause").asString()).isEqualTo("new_interpreter");
    assertThat(firings.getFirst().path("reason").asString()).contains("cpython-3.13");
    assertThat(calls.count("run")).isEqualTo(1);
  }
}
