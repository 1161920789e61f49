package dev.lanes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.arm.Living;
import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.fault.Call.Answer;
import dev.lanes.fault.Call.Kind;
import dev.lanes.fault.SeededWorker.Pace;
import dev.lanes.fault.Stage.Timings;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.Lease;
import dev.lanes.run.Cells;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F1, and F8 and F12 as a server sees them: workers fall silent for ever, or for too long. */
@Tag("fault")
class SilentWorkerTests {

  /** Of the plan, for a lease of five seconds. */
  private static final Duration REASSIGNED = Duration.ofSeconds(12);

  @Test
  @Tag("smoke")
  void aKilledWorkersJobGoesToAnother() throws Exception {
    kill("F1-smoke", 8, 10);
  }

  @Test
  void aHundredKilledWorkersJobsGoToOthers() throws Exception {
    kill("F1", 20, Scene.times(100));
  }

  /** Kills workers in the middle of jobs; for each of them one comes on a host of its own. */
  private static void kill(String name, int workers, int kills) throws Exception {
    Pace pace = Pace.of(Timings.BRISK, Duration.ofMillis(1500));
    try (Scene scene = Stage.scene(name, Timings.BRISK)) {
      scene.knowAHost();
      List<SeededWorker> living = new ArrayList<>();
      try (var _ = scene.keepSubmitting("ann", workers / 2)) {
        for (int i = 0; i < workers; i++) {
          living.add(scene.start("w" + i, pace));
        }
        Set<UUID> struck = new HashSet<>();
        for (int i = 0; i < kills; i++) {
          Living.pause(scene.random().nextInt(400));
          SeededWorker victim = awaitVictim(scene, living, struck);
          victim.kill();
          living.remove(victim);
          living.add(scene.start("w" + (workers + i), pace));
        }
      }
      scene.awaitQuiet(120);

      Verdict verdict = scene.assertPromisesHold(scene.limits().reassignedWithin(REASSIGNED));
      // Who was killed before it could acknowledge its job has not begun it.
      int lost = scene.count("attempt WHERE outcome IN ('worker_lost', 'not_acknowledged')");
      long struck =
          scene.history().calls().stream()
              .filter(call -> call.kind() == Kind.KILL && call.fence() != null)
              .filter(call -> !completed(scene, call.fence()))
              .count();
      scene.figure("kills", kills);
      scene.figure("attempts lost", lost);
      scene.figure("re-leased after, p99 ms", verdict.reassignedMs(0.99));
      scene.figure("re-leased after, median ms", verdict.reassignedMs(0.5));
      assertThat((long) lost).as("one lost attempt for each kill").isEqualTo(struck);
      assertThat(scene.count("job WHERE state <> 'finished'")).isZero();
    }
  }

  private static boolean completed(Scene scene, long fence) {
    return scene.count("attempt WHERE outcome = 'succeeded' AND fence = " + fence) > 0;
  }

  /** A worker in the middle of a job; no job is struck twice, or it would fail as poison. */
  private static SeededWorker awaitVictim(Scene scene, List<SeededWorker> living, Set<UUID> struck)
      throws InterruptedException {
    List<SeededWorker> found = new ArrayList<>();
    Stage.await(
        "somebody measures",
        60,
        () -> {
          for (SeededWorker worker : living) {
            var lease = worker.current();
            if (lease != null && !struck.contains(lease.job().job())) {
              found.add(worker);
            }
          }
          return !found.isEmpty();
        });
    SeededWorker victim = found.get(scene.random().nextInt(found.size()));
    var lease = victim.current();
    if (lease != null) {
      struck.add(lease.job().job());
    }
    return victim;
  }

  @Test
  @Tag("smoke")
  void aWorkerThatComesBackFromItsSilenceIsRefused() throws Exception {
    int workers = 6;
    try (Scene scene = Stage.scene("F8", Timings.BRISK)) {
      scene.knowAHost();
      scene.submit("ann", 4 * workers);
      Pace pace = new Pace(2, 5, Duration.ofMillis(300), Timings.BRISK.lease.dividedBy(5), 2);
      for (int i = 0; i < workers; i++) {
        // Until its job has had another worker for a while, or nobody would notice its writes.
        scene.start("silent" + i, pace).holdUntil(i % 2 == 0, fence -> replaced(scene, fence));
        scene.start("busy" + i, pace);
      }
      scene.awaitQuiet(120);

      scene.assertPromisesHold(scene.limits());
      List<Call> late =
          scene.history().calls().stream()
              .filter(call -> call.who().startsWith("silent"))
              .filter(call -> call.kind() == Kind.CHUNK || call.kind() == Kind.COMPLETE)
              .filter(call -> lost(scene, call.fence()))
              .filter(call -> call.answer() != Answer.OK)
              .toList();
      scene.figure("late writes refused", late.size());
      assertThat(late).isNotEmpty().allMatch(call -> call.status() == 409);
      assertThat(scene.count("job WHERE state = 'finished'")).isEqualTo(4 * workers);
    }
  }

  @Test
  @Tag("smoke")
  void aWorkerWhoseHostHasStartedAnotherIsRefused() throws Exception {
    try (Scene scene = Stage.scene("two-agents", Timings.BRISK)) {
      scene.knowAHost();
      scene.submit("ann", 1);
      var old = scene.worker("w1");
      var first = old.takeJob();
      old.send(first, 0, Cells.everything(first, 1));

      old.restarted().report();
      var other = scene.worker("w2");
      other.report();
      Stage.await(
          "the job may be tried again", 10, () -> scene.count("job WHERE not_before < now()") == 1);
      var second = other.takeJob();
      int status = 200;
      try {
        old.complete(first, AttemptOutcome.SUCCEEDED, 1);
      } catch (Wire.Refused e) {
        status = e.status();
      }
      finish(other, second);

      scene.assertPromisesHold(scene.limits());
      assertThat(status).isEqualTo(409);
    }
  }

  /** Whatever the server says: the checker judges what is there in the end. */
  private static void finish(SimulatedWorker worker, Lease lease) {
    try {
      worker.send(lease, 0, Cells.everything(lease, 1));
      worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);
    } catch (Wire.Refused e) {
      assertThat(e.status()).isEqualTo(409);
    }
  }

  private static boolean replaced(Scene scene, long fence) {
    return scene.count(
            "attempt a JOIN attempt b ON b.job_id = a.job_id AND b.fence > a.fence WHERE a.fence = "
                + fence)
        > 0;
  }

  private static boolean lost(Scene scene, long fence) {
    return scene.count("attempt WHERE outcome = 'worker_lost' AND fence = " + fence) > 0;
  }
}
