package dev.lanes.host;

import static dev.lanes.host.TestReport.aHost;
import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.access.Role;
import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.protocol.Desired.Action;
import dev.lanes.run.Queue;
import dev.lanes.web.Caller.Answer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.client.HttpClientErrorException;
import tools.jackson.databind.JsonNode;

/** What happens to a host, and what an administrator makes of it. */
@OnTestServer
class HostHistoryTests {

  private static final String W1 = "/api/v1/hosts/w1";

  @Autowired private TestServer server;
  @Autowired private Hosts hosts;

  @BeforeEach
  void noHost() {
    server.clear();
  }

  @Test
  void anotherEnvironmentWaitsForAReview() {
    var worker = server.worker("w1");
    worker.report(aHost().fact("governor", "powersave").told());
    String before = environment().path("fingerprint").asString();

    worker.report(aHost().fact("governor", "performance").told());

    assertThat(environment().path("fingerprint").asString()).isNotEqualTo(before);
    assertThat(environment().path("facts").path("governor").asString()).isEqualTo("performance");
    assertThat(host().path("state").asString()).isEqualTo("needs_review");
    assertThat(host().path("state_reason").asString())
        .isEqualTo("governor was powersave and is performance");
    assertThat(host().path("profiles")).isEmpty();
    assertThat(fulfilling()).isEmpty();
    JsonNode event = events().getFirst();
    assertThat(event.path("kind").asString()).isEqualTo("environment_changed");
    assertThat(event.path("actor").isNull()).isTrue();
    JsonNode change = event.path("detail").path("changes").path(0);
    assertThat(change.path("key").asString()).isEqualTo("governor");
    assertThat(change.path("before").asString()).isEqualTo("powersave");
    assertThat(change.path("after").asString()).isEqualTo("performance");

    var answer = change("active", "I set it myself");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(host().path("state").asString()).isEqualTo("active");
    assertThat(host().path("state_reason").isNull()).isTrue();
    assertThat(host().path("profiles").toString()).isEqualTo("[\"any\"]");
    assertThat(fulfilling()).containsExactly("w1");
    assertThat(kinds()).containsExactly("reviewed", "environment_changed", "first_seen");
    assertThat(events().getFirst().path("reason").asString()).isEqualTo("I set it myself");
    assertThat(events().getFirst().path("actor").asString()).isEqualTo("local admin");
  }

  @Test
  void aHostThatWaitsForAReviewGetsNoWorkUntilItIsReleased() {
    var worker = server.worker("w1");
    server.worker("elsewhere").report();
    worker.report(aHost().told());
    new Queue(server).submit(aRun());

    var changed = worker.report(aHost().cores(2).told());

    assertThat(changed.action()).isEqualTo(Action.IDLE);
    assertThat(worker.idle().action()).isEqualTo(Action.IDLE);
    change("active", "half of it was given to others");
    assertThat(worker.idle().action()).isEqualTo(Action.START);
  }

  @ParameterizedTest
  @ValueSource(strings = {"draining", "quarantined"})
  void aHostThatIsTakenOutOfUseGetsNoWork(String state) {
    var worker = server.worker("w1");
    worker.report();
    new Queue(server).submit(aRun());

    change(state, null);

    assertThat(worker.idle().action()).isEqualTo(Action.IDLE);
    change("active", "it is well again");
    assertThat(worker.idle().action()).isEqualTo(Action.START);
  }

  @Test
  void theSameEnvironmentIsNoEvent() {
    var worker = server.worker("w1");
    worker.report(aHost().fact("load_1_minute", 0.1).told());

    worker.report(aHost().fact("load_1_minute", 3.5).fact("boot_id", "another").told());

    assertThat(host().path("state").asString()).isEqualTo("active");
    assertThat(kinds()).containsExactly("first_seen");
    assertThat(count("environment")).isEqualTo(1);
  }

  @Test
  void anEnvironmentThatComesBackIsTheEarlierOne() {
    var worker = server.worker("w1");
    worker.report(aHost().told());
    String first = environment().path("fingerprint").asString();

    worker.report(aHost().cores(2).told());
    worker.report(aHost().told());

    assertThat(environment().path("fingerprint").asString()).isEqualTo(first);
    assertThat(count("environment")).isEqualTo(2);
    assertThat(kinds()).containsExactly("environment_changed", "environment_changed", "first_seen");
    assertThat(host().path("state").asString()).isEqualTo("needs_review");
  }

  @Test
  void aHostFromBeforeEnvironmentsGetsItsFirstWithoutAnEvent() {
    var worker = server.worker("w1");
    worker.report(aHost().told());
    server.jdbc().sql("UPDATE host SET environment_id = NULL").update();

    worker.report(aHost().cores(2).told());

    assertThat(host().path("state").asString()).isEqualTo("active");
    assertThat(kinds()).containsExactly("first_seen");
    assertThat(environment().path("facts").path("cores").asString()).isEqualTo("2");
  }

  @Test
  void interpretersThatComeAndGoAreEventsAndNoOtherEnvironment() {
    var all = SimulatedWorker.INTERPRETERS;
    var worker = server.worker("w1");
    worker.report(aHost().interpreters(all.subList(0, 2)).told());

    worker.report(aHost().interpreters(all.subList(1, 3)).told());

    assertThat(host().path("state").asString()).isEqualTo("active");
    assertThat(kinds()).containsExactly("interpreter_gone", "interpreter_found", "first_seen");
    assertThat(events().get(0).path("detail").path("line").asString()).isEqualTo("cpython-3.14");
    assertThat(events().get(1).path("detail").path("line").asString()).isEqualTo("cpython-2.7");
    assertThat(detail().path("interpreters")).hasSize(2);
    assertThat(host().path("interpreters").asInt()).as("usable ones").isEqualTo(1);
    assertThat(count("environment")).isEqualTo(1);
  }

  @Test
  void theQueueQuarantinesAHostOnce() {
    server.worker("w1").report();
    UUID id = UUID.fromString(host().path("id").asString());

    hosts.quarantine(id, "lost two jobs in a row");
    hosts.quarantine(id, "and another one");

    assertThat(host().path("state").asString()).isEqualTo("quarantined");
    assertThat(host().path("state_reason").asString()).isEqualTo("lost two jobs in a row");
    assertThat(kinds()).containsExactly("quarantined", "first_seen");
    assertThat(fulfilling()).isEmpty();
    assertThat(change("active", "the cable was loose").status()).isEqualTo(200);
    assertThat(kinds()).startsWith("released", "quarantined");
    assertThat(fulfilling()).containsExactly("w1");
  }

  @Test
  void whatIsQuarantinedStaysSoInAnotherEnvironment() {
    var worker = server.worker("w1");
    worker.report(aHost().told());
    change("quarantined", "its fan is broken");
    String seen = server.admin().get(W1).header("ETag");

    worker.report(aHost().cores(2).told());

    assertThat(host().path("state").asString()).isEqualTo("quarantined");
    assertThat(host().path("state_reason").asString()).isEqualTo("its fan is broken");
    assertThat(kinds()).startsWith("environment_changed", "quarantined");
    String release = "{\"state\": \"active\", \"reason\": \"it has a new fan\"}";
    assertThat(server.admin().patch(W1, release, "If-Match", seen).status())
        .as("who releases it must have seen the change")
        .isEqualTo(412);
  }

  @Test
  void aReportKeepsTheStateAndItsVersion() {
    var worker = server.worker("w1");
    worker.report();
    change("draining", null);
    String version = server.admin().get(W1).header("ETag");

    worker.report();

    assertThat(host().path("state").asString()).isEqualTo("draining");
    assertThat(server.admin().get(W1).header("ETag")).isEqualTo(version);
  }

  @Test
  void whoChangesAHostMustHaveSeenItsNewestVersion() {
    var worker = server.worker("w1");
    worker.report(aHost().told());
    String seen = server.admin().get(W1).header("ETag");
    assertThat(seen).matches("\"\\d+\"");

    var without = server.admin().patch(W1, "{\"state\": \"draining\"}");
    worker.report(aHost().cores(2).told());
    var stale = server.admin().patch(W1, "{\"state\": \"draining\"}", "If-Match", seen);

    assertThat(without.status()).isEqualTo(428);
    assertThat(without.json().path("code").asString()).isEqualTo("version_required");
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.json().path("code").asString()).isEqualTo("version_stale");
    assertThat(host().path("state").asString()).isEqualTo("needs_review");
    var answer = change("draining", null);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("ETag")).isEqualTo(server.admin().get(W1).header("ETag"));
  }

  @Test
  void aHostIsNotReleasedWithoutAReason() {
    server.worker("w1").report();
    assertThat(change("active", null).status()).as("it is active already").isEqualTo(200);
    change("quarantined", "too noisy");

    var answer = change("active", " ");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("errors").path(0).path("pointer").asString())
        .isEqualTo("/reason");
    assertThat(host().path("state").asString()).isEqualTo("quarantined");
    assertThat(kinds()).containsExactly("quarantined", "first_seen");
  }

  @Test
  void aStateThatNobodyCanChooseIsRefused() {
    server.worker("w1").report();

    assertThat(change("needs_review", "x").status()).isEqualTo(422);
    var missing = server.admin().patch(W1, "{}", "If-Match", "*");
    assertThat(missing.status()).isEqualTo(422);
    assertThat(missing.json().path("errors").path(0).path("allowed").toString())
        .contains("draining");
    assertThat(change("active", "x".repeat(501)).status()).isEqualTo(422);
    assertThat(kinds()).containsExactly("first_seen");
  }

  @Test
  void onlyAnAdministratorChangesAHost() {
    server.worker("w1").report();
    String body = "{\"state\": \"draining\"}";

    var submitter = server.caller(server.tokens().of(Role.SUBMITTER));

    assertThat(submitter.patch(W1, body, "If-Match", "*").status()).isEqualTo(403);
    assertThat(server.caller(null).patch(W1, body, "If-Match", "*").status()).isEqualTo(401);
    assertThat(host().path("state").asString()).isEqualTo("active");
  }

  @Test
  void aHostThatIsNotThereIsNotFound() {
    assertThat(server.admin().get(W1).status()).isEqualTo(404);
    assertThat(change("active", "x").status()).isEqualTo(404);
  }

  @Test
  void onlyTheLastFiftyEventsAreTold() {
    var worker = server.worker("w1");
    for (int i = 0; i < 60; i++) {
      worker.report(aHost().cores(1 + i % 2).told());
    }

    assertThat(events()).hasSize(50);
    assertThat(count("host_event")).isEqualTo(60);
  }

  @Test
  void labelsAreToldAndChecked() {
    var worker = server.worker("w1");
    worker.report(aHost().label("rack", "a-1").told());

    assertThat(host().path("labels").path("rack").asString()).isEqualTo("a-1");
    for (var wrong : List.of("", "a b", "x".repeat(64), "ä", "a/b")) {
      assertThatExceptionOfType(HttpClientErrorException.UnprocessableContent.class)
          .as(wrong)
          .isThrownBy(() -> worker.report(aHost().label("rack", wrong).told()));
      assertThatExceptionOfType(HttpClientErrorException.UnprocessableContent.class)
          .as(wrong)
          .isThrownBy(() -> worker.report(aHost().label(wrong, "a").told()));
    }
  }

  private Answer change(String state, String reason) {
    String body =
        reason == null
            ? "{\"state\": \"%s\"}".formatted(state)
            : "{\"state\": \"%s\", \"reason\": \"%s\"}".formatted(state, reason);
    String seen = server.admin().get(W1).header("ETag");
    return server.admin().patch(W1, body, "If-Match", seen.isEmpty() ? "*" : seen);
  }

  private JsonNode detail() {
    return server.admin().get(W1).json();
  }

  private JsonNode host() {
    return detail().path("host");
  }

  private JsonNode environment() {
    return detail().path("environment");
  }

  private List<JsonNode> events() {
    return detail().path("events").valueStream().toList();
  }

  private List<String> kinds() {
    return events().stream().map(event -> event.path("kind").asString()).toList();
  }

  /** Hosts that the queue may give the jobs of the profile {@code any}. */
  private List<String> fulfilling() {
    return server
        .jdbc()
        .sql(
            """
            SELECT h.name FROM host_profile f JOIN host h ON h.id = f.host_id
            WHERE f.profile = 'any'
            """)
        .query(String.class)
        .list();
  }

  private int count(String table) {
    return server.jdbc().sql("SELECT count(*) FROM " + table).query(Integer.class).single();
  }
}
