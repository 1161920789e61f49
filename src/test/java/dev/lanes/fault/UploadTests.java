package dev.lanes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.fault.Call.Kind;
import dev.lanes.fault.Stage.Timings;
import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.Lease;
import dev.lanes.run.Cells;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F15: every chunk comes several times, in any order, by four connections at once. */
@Tag("fault")
class UploadTests {

  private static final int CONNECTIONS = 4;

  @Test
  @Tag("smoke")
  void whatIsSentSeveralTimesAtOnceIsStoredOnce() throws Exception {
    try (Scene scene = Stage.scene("F15", Timings.BRISK)) {
      scene.knowAHost();
      scene.submit("ann", 10);
      int chunks = 0;
      for (int i = 0; i < 10; i++) {
        chunks += uploadInDisorder(scene, "w" + i);
      }

      scene.assertPromisesHold(scene.limits());
      assertThat(scene.count("chunk")).isEqualTo(chunks);
      assertThat(scene.count("sample")).isEqualTo(chunks);
      assertThat(scene.history().calls()).noneMatch(call -> call.status() >= 500);
      scene.figure("chunks", chunks);
      scene.figure(
          "uploads",
          scene.history().calls().stream().filter(call -> call.kind() == Kind.CHUNK).count());
    }
  }

  private static int uploadInDisorder(Scene scene, String host) throws Exception {
    SimulatedWorker worker = scene.worker(host);
    Lease lease = worker.takeJob();
    int chunks = 5 + scene.random().nextInt(10);
    List<Integer> order = new ArrayList<>();
    for (int number = 0; number < chunks; number++) {
      order.addAll(Collections.nCopies(1 + scene.random().nextInt(5), number));
    }
    Collections.shuffle(order, scene.random());
    List<Future<?>> sent = new ArrayList<>();
    try (var connections = Executors.newFixedThreadPool(CONNECTIONS)) {
      for (int number : order) {
        sent.add(
            connections.submit(() ->
                scene.worker(host).send(lease, number, chunk(lease, number, number, chunks))));
      }
    }
    for (Future<?> one : sent) {
      one.get();
    }
    refuseOthers(scene, worker, lease, chunks);
    worker.complete(lease, AttemptOutcome.SUCCEEDED, chunks);
    worker.complete(lease, AttemptOutcome.SUCCEEDED, chunks);
    return chunks;
  }

  /** Another content under a number that is taken; nothing else would speak against it. */
  private static void refuseOthers(Scene scene, SimulatedWorker worker, Lease lease, int chunks) {
    int taken = scene.random().nextInt(chunks);
    try {
      worker.send(lease, taken, chunk(lease, taken, 1000 + taken, chunks));
      // The checker will say what was accepted here.
    } catch (Wire.Refused e) {
      assertThat(e.status()).isEqualTo(409);
      assertThat(e).hasMessageContaining("chunk_conflict");
    }
  }

  private static Chunk chunk(Lease lease, int number, int round, int chunks) {
    var sample = Cells.total(Cells.first(lease), round, 1 + number / 100.0);
    List<Chunk.CellEnding> endings = new ArrayList<>();
    if (round == chunks - 1) {
      Cells.of(lease).forEach(cell -> endings.add(Cells.succeeded(cell.id(), chunks)));
    }
    return new Chunk(List.of(sample), List.of(), endings);
  }
}
