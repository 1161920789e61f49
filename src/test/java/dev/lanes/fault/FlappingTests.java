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

/** F10: the line of every worker breaks each second, and is there again a second later. */
@Tag("fault")
class FlappingTests {

  private static final int WORKERS = 8;
  private static final Duration LASTS = Duration.ofSeconds(Scene.times(300));

  @Test
  void aLineThatComesAndGoesLosesNothing() throws Exception {
    try (Scene scene = Stage.scene("F10", Timings.BRISK)) {
      scene.knowAHost();
      List<CuttableLine> lines = new ArrayList<>();
      try (var _ = scene.keepSubmitting("ann", 2 * WORKERS)) {
        for (int i = 0; i < WORKERS; i++) {
          var line = new CuttableLine(scene.stage().replicas().get(i % 2).port());
          lines.add(line);
          Wire wire = scene.wire("w" + i, List.of(line.address()));
          scene.start("w" + i, Pace.of(Timings.BRISK, Duration.ofMillis(500)), wire);
        }
        long end = System.nanoTime() + LASTS.toNanos();
        while (System.nanoTime() < end) {
          Living.pause(1_000);
          lines.forEach(CuttableLine::cut);
          Living.pause(1_000);
          lines.forEach(CuttableLine::mend);
        }
      }
      scene.awaitQuiet(120);
      for (CuttableLine line : lines) {
        line.close();
      }

      Verdict verdict = scene.assertPromisesHold(scene.limits());
      int attempts = scene.count("attempt");
      int extra = scene.count("attempt WHERE outcome <> 'succeeded'");
      scene.figure("acknowledged writes", verdict.acknowledged());
      scene.figure("calls without an answer", verdict.unknown());
      scene.figure("attempts, and those in vain", attempts + ", " + extra);
      assertThat(extra).isLessThanOrEqualTo(attempts / 100);
    }
  }
}
