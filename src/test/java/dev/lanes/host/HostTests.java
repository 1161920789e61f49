package dev.lanes.host;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.catalog.ModelSupport;
import dev.lanes.catalog.ModelSupport.Verdict;
import dev.lanes.run.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@OnTestServer
class HostTests {

  @Autowired private TestServer server;

  @BeforeEach
  void noHost() {
    server.clear();
  }

  @Test
  void aHostIsKnownFromItsWorkersReport() {
    server.worker("w1").report();

    var host = items("/api/v1/hosts").path(0);

    assertThat(host.path("name").asString()).isEqualTo("w1");
    assertThat(host.path("online").asBoolean()).isTrue();
    assertThat(host.path("cores").asInt()).isEqualTo(4);
    assertThat(host.path("memory_bytes").asLong()).isEqualTo(8_000_000_000L);
    assertThat(host.path("cpu").asString()).isEqualTo("Simulated 3000");
  }

  @Test
  void aReportReplacesTheOneBefore() {
    var worker = server.worker("w1");
    worker.report();

    worker.restarted().report();

    assertThat(items("/api/v1/hosts")).hasSize(1);
    assertThat(items("/api/v1/interpreters")).hasSize(3);
  }

  @Test
  void interpretersThatCannotBeUsedAreToldWithTheReason() {
    server.worker("w1").report();

    var unusable =
        items("/api/v1/interpreters")
            .valueStream()
            .filter(interpreter -> !interpreter.path("usable").asBoolean())
            .toList();

    assertThat(unusable).hasSize(1);
    assertThat(unusable.getFirst().path("line").asString()).isEqualTo("cpython-2.7");
    assertThat(unusable.getFirst().path("reason").asString()).isEqualTo("older than 3.8");
  }

  @Test
  void whatAnInterpreterRunsIsToldAsItsProbesFoundIt() {
    var worker = server.worker("w1");
    worker.report();
    String interpreter = worker.interpreter();
    worker.found(new ModelSupport(interpreter, "threads", Verdict.HANG, "no answer"));
    worker.found(
        new ModelSupport(interpreter, "threads", Verdict.SUPPORTED, null),
        new ModelSupport(interpreter, "sequential", Verdict.CRASH_TEARDOWN, "SIGABRT\0 at exit"),
        new ModelSupport("cpython-3.0.0-00000000", "threads", Verdict.SUPPORTED, null));

    var items = items("/api/v1/support");

    assertThat(items).hasSize(2);
    assertThat(items.path(0).path("model").asString()).isEqualTo("sequential");
    assertThat(items.path(0).path("verdict").asString()).isEqualTo("crash_teardown");
    assertThat(items.path(0).path("reason").asString()).startsWith("SIGABRT");
    assertThat(items.path(1).path("verdict").asString()).isEqualTo("supported");
    assertThat(items.path(1).path("reason").isNull()).isTrue();
  }

  @Test
  void aHostThatFellSilentIsOffline() {
    server.worker("w1").report();

    server.jdbc().sql("UPDATE host SET last_seen_at = now() - interval '2 min'").update();

    assertThat(items("/api/v1/hosts").path(0).path("online").asBoolean()).isFalse();
    var queue = new Queue(server);
    String run = queue.submit(aRun());
    assertThat(queue.run(run).path("queue").path("reason").asString())
        .isEqualTo("no worker is online of w1; start one");
  }

  @Test
  void withoutAnyHostARunIsRefusedWithTheRemedy() {
    var refusal = server.admin().post("/api/v1/runs", aRun().json());

    assertThat(refusal.status()).isEqualTo(422);
    assertThat(refusal.json().path("errors").path(0).path("detail").asString())
        .contains("start a worker");
  }

  private JsonNode items(String path) {
    return server.admin().get(path).json().path("items");
  }
}
