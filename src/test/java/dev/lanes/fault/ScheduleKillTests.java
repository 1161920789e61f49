package dev.lanes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.arm.Living;
import dev.lanes.fault.Stage.Timings;
import dev.lanes.run.RunBody;
import dev.lanes.web.Caller;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F21: of two servers that look at the same schedule one is killed around each due time. */
@Tag("fault")
class ScheduleKillTests {

  private static final int NIGHTS = 30;

  @Test
  void everyDueTimeMakesOneRunWhicheverServerIsKilled() throws Exception {
    try (Scene scene = Stage.scene("F21", Timings.BRISK)) {
      scene.knowAHost();
      UUID schedule = schedule(scene);
      List<Instant> nights = new ArrayList<>();
      List<Long> delaysMs = new ArrayList<>();
      int planned = Scene.times(NIGHTS);
      for (int night = 0; night < planned; night++) {
        Instant due = dueInASecond(scene, schedule);
        nights.add(due);
        Replica victim = scene.stage().replicas().get(scene.random().nextInt(2));
        Living.pause(600 + scene.random().nextInt(1_200));
        victim.kill();
        Stage.await("the due time has its firing", 60, () -> firing(scene, due) != null);
        delaysMs.add(firing(scene, due).toEpochMilli() - due.toEpochMilli());
        endRuns(scene);
        victim.start();
        victim.awaitUp();
      }
      // Whoever was killed while it fired is up again, and could do so once more.
      Stage.await("both have looked again", 60, () -> bothLooked(scene));

      assertThat(scene.count("firing WHERE outcome = 'fired'")).isEqualTo(planned);
      assertThat(scene.count("firing")).isEqualTo(planned);
      assertThat(scene.count("run WHERE owner = 'ann'")).isEqualTo(planned);
      assertThat(scene.count("(SELECT DISTINCT run_id FROM firing) AS runs")).isEqualTo(planned);
      scene.assertPromisesHold(scene.limits());
      scene.figure("due times with a kill", planned);
      scene.figure("fired after the due time, p50 ms", Verdict.percentile(delaysMs, 0.5));
      scene.figure("fired after the due time, at most ms", Verdict.percentile(delaysMs, 1));
    }
  }

  private static UUID schedule(Scene scene) {
    String address = scene.stage().replicas().getFirst().address();
    Caller ann = new Caller(address, scene.stage().token("admin", "ann"));
    String suite = "{\"name\": \"one\", \"run\": %s}".formatted(RunBody.aRun().json());
    assertThat(ann.post("/api/v1/suites", suite).status()).isEqualTo(201);
    String body = "{\"suite\": \"one\", \"cron\": \"0 0 29 2 *\", \"zone\": \"UTC\"}";
    var made = ann.post("/api/v1/schedules", body);
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return UUID.fromString(made.json().path("id").asString());
  }

  /** Instead of waiting for the night, lets it come. */
  private static Instant dueInASecond(Scene scene, UUID schedule) {
    return scene
        .jdbc()
        .sql(
            """
            UPDATE schedule SET next_due_at = date_trunc('milliseconds', now()) + interval '1 s'
            WHERE id = :id
            RETURNING next_due_at
            """)
        .param("id", schedule)
        .query(Timestamp.class)
        .single()
        .toInstant();
  }

  /** When the due time was fired, or null. */
  private static Instant firing(Scene scene, Instant due) {
    return scene
        .jdbc()
        .sql("SELECT fired_at FROM firing WHERE due_at = :due AND run_id IS NOT NULL")
        .param("due", Timestamp.from(due))
        .query(Timestamp.class)
        .optional()
        .map(Timestamp::toInstant)
        .orElse(null);
  }

  private static void endRuns(Scene scene) {
    scene.jdbc().sql("UPDATE job SET state = 'cancelled' WHERE state = 'queued'").update();
    scene
        .jdbc()
        .sql(
            """
            UPDATE run SET state = 'cancelled', finished_at = now() WHERE finished_at IS NULL
            """)
        .update();
  }

  /** Nothing is due any more, and the task has been done since. */
  private static boolean bothLooked(Scene scene) {
    return scene.count(
            """
            scheduled_tasks
            WHERE task_name = 'fire-schedules' AND last_success > now() - interval '2 s'
            """)
        == 1;
  }
}
