package dev.lanes.run;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.Desired;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@OnTestServer
class ManyWorkersTests {

  private static final int WORKERS = 8;
  private static final int JOBS = 40;

  @Autowired private TestServer server;
  private Queue queue;

  @BeforeEach
  void aFullQueue() {
    server.clear();
    queue = new Queue(server);
    server.worker("elsewhere").report();
    for (int i = 0; i < JOBS; i++) {
      queue.submit(aRun().named("run " + i));
    }
  }

  @Test
  void everyJobIsMeasuredExactlyOnce() throws Exception {
    var atOnce = new CyclicBarrier(WORKERS);
    List<Future<Integer>> done = new ArrayList<>();

    try (var threads = Executors.newFixedThreadPool(WORKERS)) {
      for (int i = 0; i < WORKERS; i++) {
        String host = "w" + i;
        done.add(threads.submit(() -> measureAll(host, atOnce)));
      }
    }

    int measured = 0;
    for (var worker : done) {
      measured += worker.get();
    }
    assertThat(measured).isEqualTo(JOBS);
    assertThat(queue.attempts()).hasSize(JOBS).containsOnly("succeeded");
    assertThat(queue.count("job WHERE state = 'finished'")).isEqualTo(JOBS);
    assertThat(queue.count("run WHERE state = 'completed'")).isEqualTo(JOBS);
    assertThat(queue.count("sample")).as("one subject and its placebo each").isEqualTo(2 * JOBS);
    assertThat(queue.count("(SELECT DISTINCT job_id FROM attempt) AS jobs")).isEqualTo(JOBS);
  }

  /** Measures jobs until there is none, and says how many. */
  private int measureAll(String host, CyclicBarrier atOnce) throws Exception {
    var worker = server.worker(host);
    atOnce.await();
    int measured = 0;
    for (Desired next = worker.report(); next.lease() != null; next = worker.idle()) {
      worker.busy(next.lease());
      worker.send(next.lease(), 0, Cells.everything(next.lease(), 1));
      worker.complete(next.lease(), AttemptOutcome.SUCCEEDED, 1);
      measured++;
    }
    return measured;
  }
}
