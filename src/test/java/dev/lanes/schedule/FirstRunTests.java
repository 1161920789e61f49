package dev.lanes.schedule;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.run.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import tools.jackson.databind.JsonNode;

@OnTestServer
class FirstRunTests {

  @Autowired private TestServer server;

  @Autowired
  @Qualifier("queueFirstRun")
  private Task<Void> task;

  @BeforeEach
  void anEmptyDatabase() {
    server.clear();
  }

  @Test
  void waitsForAHost() {
    fire();

    assertThat(runs()).isEmpty();
  }

  @Test
  void anEmptyDatabaseGetsOneRunThatFitsTheHost() {
    server.worker("w1").report();

    fire();
    fire();

    assertThat(runs()).hasSize(1);
    var run = server.admin().get("/api/v1/runs/" + runs().path(0).path("id").asString()).json();
    assertThat(run.path("name").asString()).isEqualTo("quickstart");
    var matrix = run.path("spec").path("matrix");
    assertThat(matrix.path("parallelism").toString()).isEqualTo("[4]");
    assertThat(matrix.path("interpreter").toString()).isEqualTo("[\"cpython-3.14\"]");
  }

  @Test
  void aDatabaseThatHeldARunIsLeftAlone() {
    server.worker("w1").report();
    new Queue(server).submit(aRun());

    fire();

    assertThat(runs()).hasSize(1);
    assertThat(runs().path(0).path("name").asString()).isEqualTo("a run");
  }

  /** What the scheduler, which is off here, does every two seconds. */
  private void fire() {
    task.execute(new TaskInstance<>("queue-first-run", "recurring"), null);
  }

  private JsonNode runs() {
    return server.admin().get("/api/v1/runs").json().path("items");
  }
}
