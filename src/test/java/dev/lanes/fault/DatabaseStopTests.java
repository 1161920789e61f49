package dev.lanes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.fault.SeededWorker.Pace;
import dev.lanes.fault.Stage.Timings;
import dev.lanes.postgres.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F5: the database crashes under load and comes back. */
@Tag("fault")
class DatabaseStopTests {

  private static final int WORKERS = 8;

  @Test
  @Tag("smoke")
  void whatWasAcknowledgedOutlivesCrashesOfTheDatabase() throws Exception {
    crash("F5-smoke", 2);
  }

  @Test
  void whatWasAcknowledgedOutlivesTenCrashesOfTheDatabase() throws Exception {
    crash("F5", Scene.times(10));
  }

  private static void crash(String name, int times) throws Exception {
    try (Scene scene = Stage.scene(name, Timings.BRISK)) {
      scene.knowAHost();
      TestPostgres postgres = scene.stage().postgres();
      List<Long> firstLeaseMs = new ArrayList<>();
      try (var _ = scene.keepSubmitting("ann", 2 * WORKERS)) {
        for (int i = 0; i < WORKERS; i++) {
          scene.start("w" + i, Pace.of(Timings.BRISK, Duration.ofMillis(100)));
        }
        for (int i = 0; i < times; i++) {
          int more = scene.history().completed() + 1 + scene.random().nextInt(20);
          Stage.await("runs end", 60, () -> scene.history().completed() >= more);
          postgres.stopImmediately();
          postgres.start();
          long accepts = System.currentTimeMillis();
          long lease =
              scene.awaitFirst("a lease is given", call -> call.gives() && call.ended() >= accepts);
          firstLeaseMs.add(lease - accepts);
        }
      }
      scene.awaitQuiet(120);

      Verdict verdict = scene.assertPromisesHold(scene.limits());
      long firstLease = Verdict.percentile(firstLeaseMs, 1);
      scene.figure("crashes", times);
      scene.figure("acknowledged writes", verdict.acknowledged());
      scene.figure("calls without an answer", verdict.unknown());
      scene.figure("first lease after the database accepts, at most ms", firstLease);
      scene.figure("attempts given up", scene.count("attempt WHERE outcome <> 'succeeded'"));
      assertThat(firstLease).isLessThanOrEqualTo(5_000);
    }
  }
}
