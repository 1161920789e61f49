package dev.lanes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.arm.Living;
import dev.lanes.fault.Call.Answer;
import dev.lanes.fault.Call.Kind;
import dev.lanes.fault.SeededWorker.Pace;
import dev.lanes.fault.Stage.Timings;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F20: a run that kills every worker, and a host on which every worker dies. */
@Tag("fault")
class PoisonTests {

  private static final int WORKERS = 6;

  /** Runs of three chunks, a third of a second on average. */
  private static final Pace PACE =
      new Pace(3, 3, Duration.ofMillis(200), Timings.BRISK.lease.dividedBy(5), 2);

  /** Longer than any test. */
  private static final Pace ENDLESS =
      new Pace(1, 1, Duration.ofDays(100), Timings.BRISK.lease.dividedBy(5), 2);

  @Test
  void aRunThatKillsItsWorkersIsSetAsideAfterTwoHosts() throws Exception {
    try (Scene scene = Stage.scene("F20-poison", Timings.BRISK)) {
      scene.knowAHost();
      try (var _ = scene.keepSubmitting("ann", 2 * WORKERS)) {
        for (int i = 0; i < WORKERS; i++) {
          scene.start("w" + i, PACE);
        }
        double before = runsPerSecond(scene);
        String poison = scene.submit(scene.person("bob"), "bob", 100);
        String run = poison.substring(poison.lastIndexOf('/') + 1);
        // Workers that the run kills come back at once, as a service manager would have them.
        Stage.await(
            "the poison is set aside",
            60,
            () -> {
              killWhoMeasures(scene, run);
              return scene.count("job WHERE state = 'failed' AND run_id = '%s'".formatted(run))
                  == 1;
            });
        double during = runsPerSecond(scene);
        scene.figure("runs per second before", before);
        scene.figure("runs per second with poison set aside", during);
        assertThat(during).isGreaterThanOrEqualTo(0.9 * before);
      }
      scene.awaitQuiet(60);

      scene.assertPromisesHold(scene.limits());
      assertThat(scene.count("attempt WHERE outcome = 'worker_lost'")).isEqualTo(2);
      assertThat(scene.count("host WHERE state = 'quarantined'")).isZero();
    }
  }

  private static void killWhoMeasures(Scene scene, String run) {
    for (SeededWorker worker : scene.workers()) {
      var lease = worker.current();
      if (!worker.isDead() && lease != null && lease.job().run().toString().equals(run)) {
        worker.kill();
        scene.start("after-" + worker.host(), PACE);
      }
    }
  }

  @Test
  void aHostOnWhichWorkersFallSilentGetsNoMore() throws Exception {
    try (Scene scene = Stage.scene("F20-host", Timings.BRISK)) {
      scene.knowAHost();
      try (var _ = scene.keepSubmitting("ann", 2 * WORKERS)) {
        for (int i = 0; i < WORKERS; i++) {
          scene.start("w" + i, PACE);
        }
        double before = runsPerSecond(scene);
        int deaths = 0;
        while (scene.count("host WHERE name = 'bad' AND state = 'quarantined'") == 0) {
          SeededWorker bad = scene.start("bad", ENDLESS);
          Stage.await(
              "the bad host measures",
              30,
              () ->
                  scene.count(
                          "attempt a JOIN host h ON h.id = a.host_id WHERE h.name = 'bad'"
                              + " AND a.ended_at IS NULL AND a.acked_at IS NOT NULL")
                      == 1);
          bad.kill();
          deaths++;
          Stage.await(
              "its attempt has ended",
              30,
              () ->
                  scene.count(
                          "attempt a JOIN host h ON h.id = a.host_id"
                              + " WHERE h.name = 'bad' AND a.ended_at IS NULL")
                      == 0);
        }
        assertThat(deaths).isEqualTo(2);
        double after = runsPerSecond(scene);
        scene.figure("deaths until the host is quarantined", deaths);
        scene.figure("runs per second before, and after", before + ", " + after);
        assertThat(after).isGreaterThanOrEqualTo(0.9 * before);
      }
      scene.awaitQuiet(60);

      scene.assertPromisesHold(scene.limits());
    }
  }

  /** Completions of others over twelve seconds. */
  private static double runsPerSecond(Scene scene) throws InterruptedException {
    long begun = System.currentTimeMillis();
    Living.pause(12_000);
    long completed =
        scene.history().count(call -> call.is(Kind.COMPLETE, Answer.OK) && call.begun() > begun);
    return completed * 1000.0 / (System.currentTimeMillis() - begun);
  }
}
