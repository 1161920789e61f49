package dev.lanes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.fault.SeededWorker.Pace;
import dev.lanes.fault.Stage.Timings;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.Lease;
import dev.lanes.run.Cells;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F23: many cancellations at once, and cancellations that meet completions. */
@Tag("fault")
class CancelTests {

  private static final int PERSONS = 8;

  @Test
  void aStormOfCancellationsEndsEverythingOnce() throws Exception {
    int measured = 50;
    int waiting = 1_000;
    try (Scene scene = Stage.scene("F23-storm", Timings.PLAIN)) {
      scene.knowAHost();
      List<String> runs = scene.submitAtOnce("ann", measured + waiting, PERSONS);
      // Signs of life at the pace that servers ask for.
      Pace pace = new Pace(1, 1, Duration.ofDays(100), Duration.ofSeconds(10), 2);
      for (int i = 0; i < measured; i++) {
        scene.start("w" + i, pace);
      }
      Stage.await(
          "hosts are busy",
          60,
          () -> scene.count("attempt WHERE acked_at IS NOT NULL AND ended_at IS NULL") == measured);

      long begun = System.currentTimeMillis();
      cancelAll(scene, runs);
      long told = System.currentTimeMillis() - begun;
      Stage.await(
          "every attempt has ended", 25, () -> scene.count("attempt WHERE ended_at IS NULL") == 0);
      scene.figure("cancellations took, s", told / 1000.0);
      scene.figure("running gone after, s", (System.currentTimeMillis() - begun) / 1000.0);
      scene.awaitQuiet(60);

      scene.assertPromisesHold(scene.limits());
      assertThat(scene.count("run WHERE state = 'cancelled'")).isEqualTo(measured + waiting);
      // Hosts that come free take runs whose turn to be cancelled is still to come.
      assertThat(scene.count("attempt WHERE outcome = 'cancelled'"))
          .isGreaterThanOrEqualTo(measured);
    }
  }

  private static void cancelAll(Scene scene, List<String> runs) throws Exception {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> all = new ArrayList<>();
    try (var persons = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < PERSONS; i++) {
        all.add(
            persons.submit(() -> {
              Wire person = scene.person("ann");
              for (int run = next.getAndIncrement(); run < runs.size(); ) {
                assertThat(person.cancel(runs.get(run))).isEqualTo(202);
                run = next.getAndIncrement();
              }
            }));
      }
    }
    for (Future<?> one : all) {
      one.get();
    }
  }

  @Test
  @Tag("smoke")
  void aCancellationThatMeetsACompletionLeavesOneEnd() throws Exception {
    race("F23-race-smoke", 100);
  }

  @Test
  void tenThousandCancellationsThatMeetCompletionsLeaveOneEndEach() throws Exception {
    race("F23-race", Scene.times(10_000));
  }

  private static void race(String name, int times) throws Exception {
    try (Scene scene = Stage.scene(name, Timings.BRISK)) {
      scene.knowAHost();
      AtomicInteger left = new AtomicInteger(times);
      AtomicInteger completed = new AtomicInteger();
      List<Future<?>> all = new ArrayList<>();
      try (var lanes = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < PERSONS; i++) {
          String host = "w" + i;
          long seed = scene.random().nextLong();
          all.add(
              lanes.submit(() -> {
                var random = new java.util.Random(seed);
                var worker = scene.worker(host);
                while (left.getAndDecrement() > 0) {
                  completed.addAndGet(raceOnce(scene, worker, random.nextInt(3) - 1));
                }
                return null;
              }));
        }
      }
      for (Future<?> one : all) {
        one.get();
      }

      scene.assertPromisesHold(scene.limits());
      assertThat(scene.count("run WHERE owner = 'ann' AND state = 'completed'"))
          .isEqualTo(completed.get());
      assertThat(scene.count("run WHERE state = 'cancelled'")).isEqualTo(times - completed.get());
      assertThat(completed.get()).as("both must win at times").isBetween(1, times - 1);
      scene.figure("races", times);
      scene.figure("won by the completion", completed.get());
    }
  }

  /**
   * Cancels a run while its worker completes it.
   *
   * @param head milliseconds by which the cancellation comes later; negative: earlier
   * @return 1 when the completion was first
   */
  private static int raceOnce(Scene scene, SimulatedWorker worker, int head) throws Exception {
    Wire person = scene.person("ann");
    scene.submit(person, "ann", 0);
    Lease lease = worker.takeJob();
    String run = "/api/v1/runs/" + lease.job().run();
    worker.send(lease, 0, Cells.everything(lease, 1));
    var barrier = new CyclicBarrier(2);
    Future<Integer> cancel;
    boolean first;
    try (var other = Executors.newVirtualThreadPerTaskExecutor()) {
      cancel =
          other.submit(() -> {
            barrier.await();
            dev.lanes.arm.Living.pause(Math.max(0, head));
            return person.cancel(run);
          });
      barrier.await();
      dev.lanes.arm.Living.pause(Math.max(0, -head));
      first = complete(worker, lease);
    }
    if (cancel.get() == 409) {
      assertThat(first).as("the run had completed").isTrue();
      return 1;
    }
    assertThat(cancel.get()).isEqualTo(202);
    return first && state(scene, run).equals("completed") ? 1 : 0;
  }

  private static String state(Scene scene, String run) {
    return scene
        .jdbc()
        .sql("SELECT state FROM run WHERE id = CAST(:run AS uuid)")
        .param("run", run.substring(run.lastIndexOf('/') + 1))
        .query(String.class)
        .single();
  }

  /** Completes it as a worker that hears of the cancellation at its next call would. */
  private static boolean complete(SimulatedWorker worker, Lease lease) {
    if (worker.busy(lease).action() == dev.lanes.protocol.Desired.Action.CANCEL) {
      worker.complete(lease, AttemptOutcome.CANCELLED, 1);
      return false;
    }
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);
    return true;
  }
}
