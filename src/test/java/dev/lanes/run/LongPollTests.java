package dev.lanes.run;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.protocol.Desired;
import dev.lanes.protocol.Desired.Action;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An idle worker waits at the server, which answers when there is work. */
@OnTestServer
class LongPollTests {

  /** Far longer than any of it takes, and within what a test may take. */
  private static final int LONG = 50;

  @Autowired private TestServer server;
  private Queue queue;

  @BeforeEach
  void anEmptyQueue() {
    server.clear();
    queue = new Queue(server);
  }

  @Test
  void aWorkerThatWaitsGetsTheJobThatComes() throws Exception {
    var worker = server.worker("w1");
    worker.report();
    CompletableFuture<Desired> answer = CompletableFuture.supplyAsync(() -> worker.await(LONG));

    queue.submit(aRun());

    assertThat(answer.get(LONG / 2, TimeUnit.SECONDS).action()).isEqualTo(Action.START);
  }

  @Test
  void everyOneOfTwoThatWaitGetsOne() throws Exception {
    var first = server.worker("w1");
    var second = server.worker("w2");
    first.report();
    second.report();
    CompletableFuture<Desired> one = CompletableFuture.supplyAsync(() -> first.await(LONG));
    CompletableFuture<Desired> other = CompletableFuture.supplyAsync(() -> second.await(LONG));

    queue.submit(aRun());
    queue.submit(aRun());

    assertThat(one.get(LONG / 2, TimeUnit.SECONDS).action()).isEqualTo(Action.START);
    assertThat(other.get(LONG / 2, TimeUnit.SECONDS).action()).isEqualTo(Action.START);
  }

  @Test
  void aJobWhosePauseEndsIsSeenWithoutACall() throws Exception {
    var worker = server.worker("w1");
    worker.report();
    queue.submit(aRun());
    server.jdbc().sql("UPDATE job SET not_before = now() + interval '1 h'").update();
    CompletableFuture<Desired> answer = CompletableFuture.supplyAsync(() -> worker.await(LONG));

    queue.letPausesEnd();

    assertThat(answer.get(LONG / 2, TimeUnit.SECONDS).action()).isEqualTo(Action.START);
  }

  @Test
  void withoutWorkTheAnswerComesWhenTheTimeIsOverAndNoPauseIsAskedFor() {
    var worker = server.worker("w1");
    worker.report();

    Desired answer = worker.await(1);

    assertThat(answer.action()).isEqualTo(Action.IDLE);
    assertThat(answer.nextSyncMs()).isZero();
    assertThat(worker.idle().nextSyncMs()).isEqualTo(1000);
  }
}
