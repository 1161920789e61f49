package dev.lanes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.arm.Living;
import dev.lanes.fault.Call.Answer;
import dev.lanes.fault.Call.Kind;
import dev.lanes.fault.SeededWorker.Pace;
import dev.lanes.fault.Stage.Timings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F6: connections to the database are ended one after the other, beside many that do nothing. */
@Tag("fault")
class ConnectionTests {

  private static final int WORKERS = 8;
  private static final int IDLE = 100;

  /** Of both servers together: each may have ten, and one that hears the bell. */
  private static final String OF_SERVERS =
      "pg_stat_activity WHERE application_name = 'PostgreSQL JDBC Driver'"
          + " AND datname = 'lanes' AND pid <> pg_backend_pid() AND query <> 'SELECT ''idle'''";

  @Test
  void connectionsThatAreEndedForAMinuteAreReplaced() throws Exception {
    end("F6", Scene.times(60), 30);
  }

  private static void end(String name, int seconds, int recoverySeconds) throws Exception {
    List<Connection> idle = new ArrayList<>();
    try (Scene scene = Stage.scene(name, Timings.BRISK)) {
      scene.knowAHost();
      var postgres = scene.stage().postgres();
      try (var _ = scene.keepSubmitting("ann", 2 * WORKERS)) {
        for (int i = 0; i < WORKERS; i++) {
          scene.start("w" + i, Pace.of(Timings.BRISK, Duration.ofMillis(100)));
        }
        Stage.await("runs end", 60, () -> scene.history().completed() > 20);
        double before = runsPerSecond(scene, Math.min(10, seconds));
        int connections = scene.count(OF_SERVERS);
        for (int i = 0; i < IDLE; i++) {
          Connection one =
              DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
          try (var statement = one.createStatement()) {
            statement.execute("SELECT 'idle'");
          }
          idle.add(one);
        }
        for (int i = 0; i < 5 * seconds; i++) {
          endOne(scene);
          Living.pause(200);
        }
        Living.pause(1000L * recoverySeconds);
        double after = runsPerSecond(scene, Math.min(10, seconds));
        scene.figure("runs per second before, and after", before + ", " + after);
        scene.figure(
            "connections of servers before, and after",
            connections + ", " + scene.count(OF_SERVERS));
        assertThat(after).isGreaterThanOrEqualTo(0.9 * before);
      }
      scene.awaitQuiet(60);

      scene.assertPromisesHold(scene.limits());
      Stage.await(
          "no connection is in use",
          10,
          () -> scene.count(OF_SERVERS + " AND state LIKE '%transaction%'") == 0);
      assertThat(scene.count(OF_SERVERS)).isLessThanOrEqualTo(20);
    } finally {
      for (Connection one : idle) {
        one.close();
      }
    }
  }

  private static void endOne(Scene scene) {
    scene
        .jdbc()
        .sql(
            "SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM "
                + OF_SERVERS
                + " ORDER BY random() LIMIT 1)")
        .query(Boolean.class)
        .list();
  }

  private static double runsPerSecond(Scene scene, int seconds) throws InterruptedException {
    long begun = System.currentTimeMillis();
    Living.pause(1000L * seconds);
    long completed =
        scene.history().count(call -> call.is(Kind.COMPLETE, Answer.OK) && call.begun() > begun);
    return completed * 1000.0 / (System.currentTimeMillis() - begun);
  }
}
