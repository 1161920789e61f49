package dev.lanes.schedule;

import static dev.lanes.run.RunBody.aRun;
import static dev.lanes.schedule.ScheduleCalls.suite;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@OnTestServer
class OwnSuiteTests {

  private static final String SUITES = "/api/v1/suites";

  @Autowired private TestServer server;

  @BeforeEach
  void aHost() {
    server.clear();
    server.worker("w1").report();
  }

  @Test
  void aSavedSuiteIsListedAndSubmittedAsItWasSaved() {
    var saved = server.admin().post(SUITES, suite("mine", aRun().axis("digits", 20, 30)));

    assertThat(saved.status()).as(saved.body()).isEqualTo(201);
    assertThat(saved.header("ETag")).isEqualTo("\"1\"");
    assertThat(saved.json().path("built_in").asBoolean()).isFalse();
    assertThat(saved.json().path("title").asString()).isEqualTo("mine");
    assertThat(server.admin().get(saved.header("Location")).json()).isEqualTo(saved.json());
    assertThat(names()).contains("mine", "quickstart");
    JsonNode run = server.admin().post(SUITES + "/mine/runs", "").json();
    assertThat(run.path("progress").path("cells_total").asInt()).isEqualTo(2);
    assertThat(run.path("labels").path("suite").asString()).isEqualTo("mine");
  }

  private List<String> names() {
    return server
        .admin()
        .get(SUITES)
        .json()
        .path("items")
        .valueStream()
        .map(suite -> suite.path("name").asString())
        .toList();
  }

  @Test
  void whatARunWouldBeRefusedForASuiteIsToo() {
    var refused =
        server
            .admin()
            .post(SUITES, suite("not a name", aRun().axis("model", "magic").without("tasks")));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(
            refused
                .json()
                .path("errors")
                .valueStream()
                .map(error -> error.path("pointer").asString()))
        .containsExactlyInAnyOrder("/name", "/run/matrix/model/0", "/run/matrix/tasks");
    assertThat(names()).doesNotContain("not a name");
  }

  @Test
  void aSuiteWithoutARunOrWithATextThatCannotBeStoredIsRefused() {
    assertThat(server.admin().post(SUITES, "{\"name\": \"a\"}").status()).isEqualTo(422);
    String nul = suite("a", aRun()).replace("\"why\"", "\"\\u0000\"");
    assertThat(server.admin().post(SUITES, nul).status()).isEqualTo(422);
  }

  @Test
  void thoseThatLanesBringsStayAsTheyAre() {
    String body = suite("quickstart", aRun());

    assertThat(server.admin().post(SUITES, body).json().path("code").asString())
        .isEqualTo("suite_fixed");
    assertThat(server.admin().put(SUITES + "/quickstart", body, "If-Match", "*").status())
        .isEqualTo(409);
    assertThat(server.admin().delete(SUITES + "/quickstart", "If-Match", "*").status())
        .isEqualTo(409);
  }

  @Test
  void aChangeNamesTheVersionThatItIsOf() {
    server.admin().post(SUITES, suite("mine", aRun()));
    String other = suite("mine", aRun().axis("digits", 30));

    var unversioned = server.admin().put(SUITES + "/mine", other);
    var changed = server.admin().put(SUITES + "/mine", other, "If-Match", "\"1\"");
    var stale = server.admin().delete(SUITES + "/mine", "If-Match", "\"1\"");
    var deleted = server.admin().delete(SUITES + "/mine", "If-Match", "\"2\"");

    assertThat(unversioned.status()).isEqualTo(428);
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    assertThat(changed.json().path("run").path("matrix").path("digits").toString())
        .isEqualTo("[30]");
    assertThat(stale.status()).isEqualTo(412);
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(names()).doesNotContain("mine");
  }

  @Test
  void aNameIsTakenOnceAndStays() {
    server.admin().post(SUITES, suite("mine", aRun()));

    assertThat(server.admin().post(SUITES, suite("mine", aRun())).json().path("code").asString())
        .isEqualTo("suite_exists");
    var renamed = server.admin().put(SUITES + "/mine", suite("yours", aRun()), "If-Match", "*");
    assertThat(renamed.status()).isEqualTo(422);
  }

  @Test
  void theSameKeySavesOneSuite() {
    var one = server.admin().post(SUITES, suite("mine", aRun()), "Idempotency-Key", "k");
    var again = server.admin().post(SUITES, suite("mine", aRun()), "Idempotency-Key", "k");
    var other = server.admin().post(SUITES, suite("yours", aRun()), "Idempotency-Key", "k");

    assertThat(again.json()).isEqualTo(one.json());
    assertThat(other.status()).isEqualTo(422);
  }

  @Test
  void aSuiteThatAScheduleRepeatsStays() {
    server.admin().post(SUITES, suite("mine", aRun()));
    new ScheduleCalls(server).make("mine");

    var refused = server.admin().delete(SUITES + "/mine", "If-Match", "*");

    assertThat(refused.json().path("code").asString()).isEqualTo("suite_in_use");
  }
}
