package dev.lanes.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@OnTestServer
class SuiteTests {

  @Autowired private TestServer server;

  @BeforeEach
  void noHost() {
    server.clear();
  }

  @Test
  void everySuiteIsARunThatCanBeQueued() {
    server.worker("w1").reportWithBundled();

    for (var suite : server.admin().get("/api/v1/suites").json().path("items")) {
      String name = suite.path("name").asString();
      var run = server.admin().post("/api/v1/suites/" + name + "/runs", "");

      assertThat(run.status()).as("%s: %s", name, run.json()).isEqualTo(202);
      assertThat(run.json().path("labels").path("suite").asString()).isEqualTo(name);
      assertThat(run.json().path("progress").path("cells_total").asInt()).isPositive();
    }
  }

  @Test
  void aSuiteIsForTheInterpretersAndProcessorsThatThereAre() {
    server.worker("w1").report();

    var matrix = submitted("quickstart").path("spec").path("matrix");

    assertThat(matrix.path("interpreter").toString()).isEqualTo("[\"cpython-3.14\"]");
    assertThat(matrix.path("parallelism").toString()).isEqualTo("[4]");
  }

  @Test
  void theSameKeyGivesTheSameRun() {
    server.worker("w1").report();
    String path = "/api/v1/suites/quickstart/runs";

    var one = server.admin().post(path, "", "Idempotency-Key", "one");
    var other = server.admin().post(path, "", "Idempotency-Key", "one");

    assertThat(other.json().path("id")).isEqualTo(one.json().path("id"));
  }

  @Test
  void anUnknownSuiteIsToldWithThoseThatThereAre() {
    var answer = server.admin().post("/api/v1/suites/nothing/runs", "");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.json().path("detail").asString()).contains("nothing", "quickstart");
  }

  @Test
  void withoutAnInterpreterASuiteSaysWhatToDo() {
    var answer = server.admin().post("/api/v1/suites/quickstart/runs", "");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("detail").asString()).contains("start a worker");
  }

  private JsonNode submitted(String suite) {
    return server.admin().post("/api/v1/suites/" + suite + "/runs", "").json();
  }
}
