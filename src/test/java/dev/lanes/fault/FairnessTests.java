package dev.lanes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.fault.Call.Answer;
import dev.lanes.fault.Call.Kind;
import dev.lanes.fault.SeededWorker.Pace;
import dev.lanes.fault.Stage.Timings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F22: nobody waits behind another's backlog. */
@Tag("fault")
class FairnessTests {

  private static final int BACKLOG = Scene.times(5_000);
  private static final int FEW = 10;
  private static final Duration RUN = Duration.ofMillis(400);
  private static final int USERS = 3;

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aBacklogHoldsNobodyUp(int hosts) throws Exception {
    try (Scene scene = Stage.scene("F22-%d".formatted(hosts), Timings.PLAIN)) {
      scene.knowAHost();
      scene.submitAtOnce("ann", BACKLOG, 8);
      Wire cleo = scene.person("cleo");
      String low = scene.submit(cleo, "cleo", -100);
      // One chunk whose time is drawn from 0 to twice the length of a run.
      Pace pace = new Pace(1, 1, RUN.multipliedBy(2), Duration.ofSeconds(10), 2);
      for (int i = 0; i < hosts; i++) {
        scene.start("w" + i, pace);
      }
      Stage.await("ann has hosts", 60, () -> scene.history().completed() >= 10);

      // One run at a time, as somebody who waits for each answer.
      Wire bob = scene.person("bob");
      for (int i = 0; i < FEW; i++) {
        String run = scene.submit(bob, "bob", 0);
        Stage.await("bob's run begins", 60, () -> begun(scene, run));
      }
      List<Long> waits = waits(scene, "bob");
      long p95 = Verdict.percentile(waits, 0.95);
      scene.figure("hosts", hosts);
      scene.figure("bob waited, p95 ms", p95);
      assertThat(p95).isLessThanOrEqualTo(2 * RUN.toMillis() * USERS / hosts);

      long begun = System.currentTimeMillis();
      Stage.await("cleo's run begins", 300, () -> begun(scene, low));
      scene.figure(
          "lowest priority began after bob's ten and, s",
          (System.currentTimeMillis() - begun) / 1000);

      // Two who have used nothing yet share the hosts by halves.
      Wire dora = scene.person("dora");
      Wire erik = scene.person("erik");
      for (int i = 0; i < 100; i++) {
        scene.submit(dora, "dora", 0);
        scene.submit(erik, "erik", 0);
      }
      Stage.await(
          "their runs begin", 180, () -> begunOf(scene, "dora") + begunOf(scene, "erik") >= 80);
      scene.figure(
          "runs of two who began together", begunOf(scene, "dora") + ", " + begunOf(scene, "erik"));
      scene.jdbc().sql("DELETE FROM run WHERE state = 'queued'").update();
      scene.stopWorkers();

      Verdict verdict = scene.verdict(scene.limits().sharedAmong(Set.of("dora", "erik"), hosts));
      assertThat(verdict.broken())
          .filteredOn(violation -> violation.promise() == Verdict.Promise.P9)
          .isEmpty();
    }
  }

  private static boolean begun(Scene scene, String run) {
    return scene.count(
            "job WHERE attempts > 0 AND run_id = '%s'"
                .formatted(run.substring(run.lastIndexOf('/') + 1)))
        > 0;
  }

  private static int begunOf(Scene scene, String owner) {
    return scene.count("job WHERE attempts > 0 AND owner = '%s'".formatted(owner));
  }

  /** From each acknowledged submission to the moment a worker had its job, milliseconds. */
  private static List<Long> waits(Scene scene, String owner) {
    Map<UUID, Long> submitted = new HashMap<>();
    List<Long> waits = new ArrayList<>();
    for (Call call : scene.history().calls()) {
      if (call.is(Kind.SUBMIT, Answer.OK) && call.who().equals(owner)) {
        submitted.put(call.run(), call.begun());
      }
    }
    scene.history().calls().stream()
        .filter(call -> call.gives() && submitted.containsKey(call.run()))
        .forEach(call -> waits.add(call.ended() - submitted.get(call.run())));
    return waits;
  }
}
