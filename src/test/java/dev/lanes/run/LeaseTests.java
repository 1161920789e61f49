package dev.lanes.run;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.Desired.Action;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.web.client.HttpClientErrorException;

/** Who may measure what, and until when. */
@OnTestServer
class LeaseTests {

  @Autowired private TestServer server;
  @Autowired private AttemptEnds ends;

  @Autowired
  @Qualifier("reapLeases")
  private Task<Void> reaper;

  private Queue queue;

  @BeforeEach
  void anEmptyQueue() {
    server.clear();
    queue = new Queue(server);
    server.worker("elsewhere").report();
  }

  @Test
  void aWorkerThatHasNotReportedIsAskedTo() {
    var worker = server.worker("w1");

    assertThat(worker.idle().action()).isEqualTo(Action.REPORT);
    assertThat(worker.report().action()).isEqualTo(Action.IDLE);
    assertThat(worker.restarted().idle().action()).isEqualTo(Action.REPORT);
  }

  @Test
  void aLeaseNamesEverythingThatTheJobNeeds() {
    String run = queue.submit(aRun().axis("model", "sequential", "threads").axis("digits", 20, 30));

    var lease = server.worker("w1").takeJob();

    assertThat(lease.token()).matches("[0-9a-f]{64}");
    assertThat(lease.job().groups()).hasSize(2);
    assertThat(Cells.of(lease)).extracting(cell -> cell.model()).contains("sequential", "threads");
    assertThat(Cells.of(lease).getFirst().workloadSha256()).matches("[0-9a-f]{64}");
    assertThat(queue.state(run)).isEqualTo("running");
    assertThat(queue.run(run).path("progress").path("current").asString()).isEqualTo("round 1");
    assertThat(queue.job(run).path("host").asString()).isEqualTo("w1");
  }

  @Test
  void whatGoesFirstIsTheGreaterPriorityAndThenTheEarlierRun() {
    queue.submit(aRun().named("first"));
    queue.submit(aRun().named("second"));
    queue.submit(aRun().named("urgent").with("priority", 5));

    var names =
        java.util.stream.Stream.of("w1", "w2", "w3")
            .map(host -> server.worker(host).takeJob().job().runName());

    assertThat(names).containsExactly("urgent", "first", "second");
  }

  @Test
  void anAnswerThatGotLostIsSentAgainWithANewToken() {
    queue.submit(aRun());
    var worker = server.worker("w1");
    var lost = worker.report().lease();

    var again = worker.idle().lease();

    assertThat(again.fence()).isEqualTo(lost.fence());
    assertThat(again.token()).isNotEqualTo(lost.token());
    worker.busy(again);
    assertThat(worker.put(lost, 0, "{\"samples\": [], \"rounds\": [], \"endings\": []}").status())
        .isEqualTo(409);
    worker.send(again, 0, Cells.everything(again, 1));
    assertThat(queue.attempts()).containsExactly((String) null);
  }

  @Test
  void aLeaseThatIsNeverTakenIsGivenUp() {
    String run = queue.submit(aRun());
    var worker = server.worker("w1");
    long fence = worker.report().lease().fence();
    for (int i = 0; i < 4; i++) {
      assertThat(worker.idle().lease().fence()).isEqualTo(fence);
    }

    assertThat(worker.idle().lease()).isNull();
    assertThat(queue.attempts()).containsExactly("not_acknowledged");
    assertThat(queue.job(run).path("attempt").asInt()).as("nobody has tried").isZero();
    assertThat(server.worker("w2").takeJob()).isNotNull();
  }

  @Test
  void aLeaseThatNobodyTookIsSoonGivenAway() {
    String run = queue.submit(aRun());
    server.worker("w1").report();

    queue.letLeasesExpire();
    ends.endExpired();

    assertThat(queue.attempts()).containsExactly("not_acknowledged");
    assertThat(queue.job(run).path("attempt").asInt()).isZero();
  }

  @Test
  void aWorkerThatWasStartedAnewHasLostItsAttempt() {
    String run = queue.submit(aRun());
    var worker = server.worker("w1");
    var first = worker.takeJob();

    var restarted = worker.restarted();
    restarted.report();
    queue.letPausesEnd();
    var second = restarted.takeJob();

    assertThat(second.fence()).isGreaterThan(first.fence());
    assertThat(second.job().job()).isEqualTo(first.job().job());
    assertThat(queue.attempts()).containsExactly("worker_lost", null);
    assertThat(queue.job(run).path("attempt").asInt()).isEqualTo(2);
    assertThat(worker.busy(first).action()).isEqualTo(Action.REPORT);
  }

  @Test
  void aLeaseIsNotSentAgainToAnotherStartOfTheWorker() {
    queue.submit(aRun());
    var worker = server.worker("w1");
    worker.report();

    var answer = worker.restarted().report();

    assertThat(answer.lease()).isNull();
    assertThat(queue.attempts()).containsExactly("worker_lost");
  }

  @Test
  void aWorkerThatForgotItsAttemptHasLostItToo() {
    queue.submit(aRun());
    var worker = server.worker("w1");
    worker.takeJob();

    worker.idle();

    assertThat(queue.attempts()).containsExactly("worker_lost");
  }

  @Test
  void whatFailedWaitsAMomentBeforeItIsTriedAgain() {
    String run = queue.submit(aRun());
    var worker = server.worker("w1");
    var lease = worker.takeJob();

    worker.complete(lease, AttemptOutcome.INFRA_ERROR, 0);

    assertThat(worker.idle().action()).isEqualTo(Action.IDLE);
    assertThat(queue.job(run).path("state").asString()).isEqualTo("queued");
    assertThat(queue.job(run).path("reason").asString()).isEqualTo("infra error: simulated");
    queue.letPausesEnd();
    assertThat(worker.idle().action()).isEqualTo(Action.START);
  }

  @Test
  void aLeaseThatExpiredIsReapedAndMeasuredAgain() {
    String run = queue.submit(aRun());
    server.worker("w1").takeJob();

    queue.letLeasesExpire();
    queue.letServersHaveBeenThere();
    reap();
    queue.letPausesEnd();
    var other = server.worker("w2");
    var lease = other.takeJob();
    other.send(lease, 0, Cells.everything(lease, 1));
    other.complete(lease, AttemptOutcome.SUCCEEDED, 1);

    assertThat(queue.attempts()).containsExactly("worker_lost", "succeeded");
    assertThat(queue.state(run)).isEqualTo("completed");
  }

  @Test
  void whenServersWereAwayNoWorkerIsToBlameForItsSilence() {
    queue.submit(aRun());
    server.worker("w1").takeJob();
    queue.letLeasesExpire();
    queue.letServersHaveBeenAway();

    reap();
    reap();
    assertThat(queue.attempts()).as("the worker has its time to come back").containsOnlyNulls();

    queue.letServersHaveBeenThere();
    reap();
    assertThat(queue.attempts()).containsExactly("worker_lost");
  }

  private void reap() {
    reaper.execute(new TaskInstance<>("reap-leases", "recurring"), null);
  }

  @Test
  void aLeaseThatIsRenewedInTimeIsNotReaped() {
    queue.submit(aRun());
    var worker = server.worker("w1");
    var lease = worker.takeJob();
    queue.letLeasesExpire();

    worker.busy(lease);
    ends.endExpired();

    assertThat(queue.attempts()).containsExactly((String) null);
    assertThat(worker.busy(lease).action()).isEqualTo(Action.CONTINUE);
  }

  @Test
  void anExpiredLeaseIsGoodUntilItIsReaped() {
    String run = queue.submit(aRun());
    var worker = server.worker("w1");
    var lease = worker.takeJob();
    queue.letLeasesExpire();

    worker.send(lease, 0, Cells.everything(lease, 1));
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);
    ends.endExpired();

    assertThat(queue.attempts()).containsExactly("succeeded");
    assertThat(queue.state(run)).isEqualTo("completed");
  }

  @Test
  void afterTheLastAttemptTheJobHasFailedAndSaysSoInEveryCell() {
    String run = queue.submit(aRun().axis("model", "sequential", "threads"));
    for (int i = 0; i < 2; i++) {
      queue.letPausesEnd();
      var worker = server.worker("w" + i);
      worker.complete(worker.takeJob(), AttemptOutcome.INFRA_ERROR, 0);
    }
    queue.letPausesEnd();
    server.worker("w2").takeJob();
    queue.letLeasesExpire();
    ends.endExpired();

    assertThat(queue.state(run)).isEqualTo("completed");
    assertThat(queue.job(run).path("state").asString()).isEqualTo("failed");
    assertThat(queue.cells(run))
        .hasSize(2)
        .allSatisfy(cell -> {
          assertThat(cell.path("outcome").asString()).isEqualTo("not_measured");
          assertThat(cell.path("reason").asString()).contains("nothing was heard");
        });
    var progress = queue.run(run).path("progress");
    assertThat(progress.path("cells_done").asInt()).isEqualTo(2);
    assertThat(progress.path("cells_failed").asInt()).isEqualTo(2);
  }

  @Test
  void aJobIsNeverLeasedToTwoHosts() {
    queue.submit(aRun());
    var lease = server.worker("w1").takeJob();
    server.worker("w2").report();

    assertThat(server.worker("w3").report().action()).isEqualTo(Action.IDLE);
    assertThatExceptionOfType(DuplicateKeyException.class)
        .isThrownBy(() -> openAttempt(lease.job().job(), "w2"))
        .withMessageContaining("attempt_open_job");
  }

  @Test
  void aHostNeverHoldsTwoJobs() {
    queue.submit(aRun());
    queue.submit(aRun());
    server.worker("w1").takeJob();
    UUID waiting =
        server.jdbc().sql("SELECT id FROM job WHERE state = 'queued'").query(UUID.class).single();

    assertThatExceptionOfType(DuplicateKeyException.class)
        .isThrownBy(() -> openAttempt(waiting, "w1"))
        .withMessageContaining("attempt_open_host");
  }

  @Test
  void anotherHostCannotRenewOrEndAnAttempt() {
    queue.submit(aRun());
    var lease = server.worker("w1").takeJob();
    var thief = server.worker("w2");
    thief.report();

    assertThat(thief.busy(lease).action()).isEqualTo(Action.ABANDON);
    var withoutTheToken =
        new dev.lanes.protocol.Lease(lease.fence(), "guessed", lease.ttlMs(), lease.job());
    assertThatExceptionOfType(HttpClientErrorException.Conflict.class)
        .isThrownBy(() -> thief.complete(withoutTheToken, AttemptOutcome.SUCCEEDED, 0));
    assertThat(queue.attempts()).containsExactly((String) null);
  }

  private void openAttempt(UUID job, String host) {
    server
        .jdbc()
        .sql(
            """
            INSERT INTO attempt (job_id, host_id, agent, token_sha256, leased_at, lease_expires_at)
            SELECT :job, id, 'by hand', sha256('x'), now(), now() FROM host WHERE name = :host
            """)
        .param("job", job)
        .param("host", host)
        .update();
  }
}
