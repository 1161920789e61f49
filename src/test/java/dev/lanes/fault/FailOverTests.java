package dev.lanes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.fault.Call.Answer;
import dev.lanes.fault.Call.Kind;
import dev.lanes.fault.SeededWorker.Pace;
import dev.lanes.fault.Stage.Timings;
import dev.lanes.postgres.TestPostgres;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F7: the primary is lost and its synchronous standby takes its place. */
@Tag("fault")
class FailOverTests {

  private static final int WORKERS = 8;
  private static final Set<Kind> WRITES = Set.of(Kind.SUBMIT, Kind.CHUNK, Kind.COMPLETE);

  @Test
  void nothingThatWasAcknowledgedIsLostWithThePrimary() throws Exception {
    TestPostgres primary = TestPostgres.empty(Stage.histories().resolve("primary"));
    primary.configure("synchronous_standby_names = 'ANY 1 (standby)'\n");
    TestPostgres standby = primary.standby(Stage.histories().resolve("standby"));
    // Or it would wait for a standby of its own once it is the primary.
    standby.configure("synchronous_standby_names = ''\n");
    primary.start();
    standby.start();
    String url =
        "jdbc:postgresql://%s,%s/lanes?targetServerType=primary&connectTimeout=2&socketTimeout=30"
            .formatted(primary.host(), standby.host());
    try (Scene scene = Stage.ownScene("F7", Timings.BRISK, primary, url)) {
      scene.knowAHost();
      try (var _ = scene.keepSubmitting("ann", 2 * WORKERS)) {
        for (int i = 0; i < WORKERS; i++) {
          scene.start("w" + i, Pace.of(Timings.BRISK, Duration.ofMillis(100)));
        }
        Stage.await("runs end", 60, () -> scene.history().completed() > 50);

        primary.kill();
        long killed = System.currentTimeMillis();
        standby.promote();
        scene.stage().isOn(standby);
        long promoted = System.currentTimeMillis();
        long rto =
            scene.awaitFirst(
                    "servers write again",
                    call ->
                        WRITES.contains(call.kind())
                            && call.answer() == Answer.OK
                            && call.begun() >= killed)
                - killed;
        scene.figure("promoted after, ms", promoted - killed);
        scene.figure("first write after the kill (RTO), ms", rto);
        assertThat(rto).isLessThanOrEqualTo(30_000);
        int more = scene.history().completed() + 50;
        Stage.await("runs end", 60, () -> scene.history().completed() > more);
      }
      scene.awaitQuiet(120);

      Verdict verdict = scene.assertPromisesHold(scene.limits());
      scene.figure("acknowledged writes", verdict.acknowledged());
      scene.figure("calls without an answer", verdict.unknown());
    } finally {
      Stage.leave();
      standby.stopIfAlive();
      primary.stopIfAlive();
    }
  }
}
