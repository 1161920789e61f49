package dev.lanes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.fault.Call.Answer;
import dev.lanes.fault.Call.Kind;
import dev.lanes.fault.SeededWorker.Pace;
import dev.lanes.fault.Stage.Timings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F3 and F4: servers are killed while workers hand over what they measured. */
@Tag("fault")
class ServerKillTests {

  private static final int WORKERS = 8;

  @Test
  @Tag("smoke")
  void whatOneReplicaAcknowledgedOutlivesItsKill() throws Exception {
    killInTurn("F3-smoke", 4);
  }

  @Test
  void whatOneReplicaAcknowledgedOutlivesFiftyKills() throws Exception {
    killInTurn("F3", Scene.times(50));
  }

  /** Kills one replica after the other, each time while the other one is up. */
  private static void killInTurn(String name, int kills) throws Exception {
    try (Scene scene = Stage.scene(name, Timings.BRISK)) {
      scene.knowAHost();
      List<Long> othersMs = new ArrayList<>();
      try (var _ = scene.keepSubmitting("ann", 2 * WORKERS)) {
        startWorkers(scene, Duration.ofMillis(500));
        for (int i = 0; i < kills; i++) {
          Replica victim = scene.stage().replicas().get(i % 2);
          int other = (i + 1) % 2;
          awaitChunks(scene, 1 + scene.random().nextInt(40));
          long killed = System.currentTimeMillis();
          victim.kill();
          othersMs.add(firstAnswer(scene, other, killed) - killed);
          victim.start();
          victim.awaitUp();
        }
      }
      scene.awaitQuiet(120);

      Verdict verdict = scene.assertPromisesHold(scene.limits());
      assertThat(scene.count("attempt WHERE outcome <> 'succeeded'"))
          .as("attempts that were given up")
          .isZero();
      long other = Verdict.percentile(othersMs, 1);
      long retried = Verdict.percentile(scene.history().repeatedMs(), 0.99);
      scene.figure("kills", kills);
      scene.figure("acknowledged writes", verdict.acknowledged());
      scene.figure("calls without an answer", verdict.unknown());
      scene.figure("the other replica served after, at most ms", other);
      scene.figure("a repeated call took, p99 ms", retried);
      assertThat(other).isLessThanOrEqualTo(1_000);
      assertThat(retried).isLessThanOrEqualTo(10_000);
    }
  }

  private static void startWorkers(Scene scene, Duration chunk) {
    for (int i = 0; i < WORKERS; i++) {
      scene.start("w" + i, Pace.of(Timings.BRISK, chunk));
    }
  }

  /** Waits until so many more chunks have been acknowledged: a moment in the middle of the load. */
  private static void awaitChunks(Scene scene, int more) throws InterruptedException {
    long before = chunks(scene);
    Stage.await("chunks come in", 60, () -> chunks(scene) >= before + more);
  }

  private static long chunks(Scene scene) {
    return scene.history().count(call -> call.is(Kind.CHUNK, Answer.OK));
  }

  /** When the replica first answered a call that was sent after that moment. */
  private static long firstAnswer(Scene scene, int replica, long after)
      throws InterruptedException {
    return scene.awaitFirst(
        "the other replica answers",
        call -> call.server() == replica && call.answer() == Answer.OK && call.begun() >= after);
  }

  @Test
  void whenEveryServerWasAwayNobodyIsGivenUpAndNothingIsMeasuredAgain() throws Exception {
    try (Scene scene = Stage.scene("F4", Timings.BRISK)) {
      // Ten minutes are to a lease of 90 s what this is to one of 5 s.
      Duration away = Timings.BRISK.lease.multipliedBy(600).dividedBy(90);
      scene.knowAHost();
      scene.submit("ann", 2 * WORKERS);
      startWorkers(scene, Duration.ofSeconds(2));
      Stage.await(
          "all workers measure",
          30,
          () -> scene.count("attempt WHERE ended_at IS NULL AND acked_at IS NOT NULL") == WORKERS);

      for (Replica replica : scene.stage().replicas()) {
        replica.kill();
      }
      dev.lanes.arm.Living.pause(away.toMillis());
      for (Replica replica : scene.stage().replicas()) {
        replica.start();
      }
      scene.awaitQuiet(120);

      scene.assertPromisesHold(scene.limits());
      assertThat(scene.count("attempt WHERE outcome = 'worker_lost'")).isZero();
      assertThat(scene.count("attempt")).as("one attempt for each run").isEqualTo(2 * WORKERS);
      scene.figure("servers away, s", away.toSeconds());
    }
  }
}
