package dev.lanes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.arm.Living;
import dev.lanes.fault.SeededWorker.Pace;
import dev.lanes.fault.Stage.Timings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F19: ten thousand runs wait and two hundred workers measure. */
@Tag("fault")
class LongQueueTests {

  private static final int WAITING = 10_000;
  private static final int WORKERS = 200;
  private static final int OWNERS = 50;
  private static final Duration LASTS = Duration.ofSeconds(Scene.times(240));

  @Test
  void aLongQueueIsServedAsAShortOne() throws Exception {
    try (Scene scene = Stage.scene("F19", Timings.PLAIN)) {
      scene.knowAHost();
      for (int i = 0; i < OWNERS; i++) {
        scene.submitAtOnce("owner" + i, WAITING / OWNERS, 8);
      }
      // Runs of thirty seconds on average: seven leases a second.
      Pace pace = new Pace(1, 5, Duration.ofSeconds(20), Duration.ofSeconds(10), 20);
      for (int i = 0; i < WORKERS; i++) {
        scene.start("w" + i, pace);
      }
      Stage.await(
          "nearly every host is busy",
          120,
          () -> scene.count("attempt WHERE ended_at IS NULL") > 0.95 * WORKERS);
      long busy = System.currentTimeMillis();
      List<Long> memory = new ArrayList<>();
      long end = System.nanoTime() + LASTS.toNanos();
      while (System.nanoTime() < end) {
        Living.pause(10_000);
        memory.add(scene.stage().replicas().getFirst().residentBytes());
      }
      List<Long> leases =
          scene.history().calls().stream()
              .filter(call -> call.gives() && call.begun() > busy)
              .map(call -> call.ended() - call.begun())
              .toList();
      scene.jdbc().sql("DELETE FROM run WHERE state = 'queued'").update();
      scene.killWorkers();

      long p99 = Verdict.percentile(leases, 0.99);
      scene.figure("leases", leases.size());
      scene.figure("lease p50, p99 ms", Verdict.percentile(leases, 0.5) + ", " + p99);
      scene.figure("memory of a server in the second half, MiB", mib(half(memory, 1)));
      scene.figure("memory of a server in the first half, MiB", mib(half(memory, 0)));
      Verdict verdict = scene.verdict(scene.limits());
      assertThat(verdict.broken())
          .filteredOn(violation -> violation.promise() == Verdict.Promise.P5)
          .isEmpty();
      assertThat(p99).isLessThanOrEqualTo(250);
      assertThat((double) half(memory, 1)).isLessThanOrEqualTo(1.1 * half(memory, 0));
    }
  }

  private static long half(List<Long> values, int which) {
    int middle = values.size() / 2;
    List<Long> half =
        which == 0 ? values.subList(0, middle) : values.subList(middle, values.size());
    return half.stream().mapToLong(Long::longValue).sum() / half.size();
  }

  private static long mib(long bytes) {
    return bytes >> 20;
  }
}
