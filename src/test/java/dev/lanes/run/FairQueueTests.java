package dev.lanes.run;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.protocol.Completion.AttemptOutcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Who gets the next host, and what the queue says of those that wait. */
@OnTestServer
class FairQueueTests {

  @Autowired private TestServer server;
  @Autowired private AttemptEnds ends;
  private Queue queue;

  @BeforeEach
  void anEmptyQueue() {
    server.clear();
    queue = new Queue(server);
    server.worker("elsewhere").report();
  }

  private void own(String run, String owner) {
    server
        .jdbc()
        .sql("UPDATE job SET owner = :owner WHERE run_id = CAST(:run AS uuid)")
        .param("owner", owner)
        .param("run", run.substring(run.lastIndexOf('/') + 1))
        .update();
  }

  private void submit(String name, String owner) {
    own(queue.submit(aRun().named(name)), owner);
  }

  private static void finish(SimulatedWorker worker, dev.lanes.protocol.Lease lease) {
    worker.send(lease, 0, Cells.everything(lease, 1));
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);
  }

  private List<JsonNode> waiting() {
    return server.admin().get("/api/v1/queue").json().path("items").valueStream().toList();
  }

  @Test
  void ownersTakeTurnsAndTheQueueSaysSoBefore() {
    for (int i = 0; i < 3; i++) {
      submit("a" + i, "a");
    }
    submit("b0", "b");
    assertThat(waiting())
        .extracting(job -> job.path("run_name").asString())
        .containsExactly("a0", "b0", "a1", "a2");

    List<String> given = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      given.add(server.worker("w" + i).takeJob().job().runName());
    }

    assertThat(given).containsExactly("a0", "b0", "a1", "a2");
    assertThat(waiting()).isEmpty();
  }

  @Test
  void whoUsedAHostOfLateComesLater() {
    submit("a0", "a");
    submit("a1", "a");
    submit("b0", "b");
    var worker = server.worker("w1");
    var first = worker.takeJob();
    server.jdbc().sql("UPDATE attempt SET leased_at = leased_at - interval '10 min'").update();
    finish(worker, first);
    server.jdbc().sql("UPDATE job SET urgency = urgency - 60 WHERE owner = 'a'").update();

    assertThat(first.job().runName()).isEqualTo("a0");
    assertThat(worker.takeJob().job().runName()).isEqualTo("b0");
  }

  @Test
  void theQueueSaysWhyAJobWaits() {
    queue.submit(aRun().named("first"));
    queue.submit(aRun().named("second"));
    assertThat(reasons()).containsOnly("a worker takes it within seconds");

    server.worker("elsewhere").takeJob();

    assertThat(reasons()).containsExactly("elsewhere measures \"first\"");
    server.jdbc().sql("UPDATE host SET state = 'quarantined'").update();
    assertThat(reasons()).containsExactly("no active host fulfils the profile \"any\"");
    server
        .jdbc()
        .sql("UPDATE host SET state = 'active', last_seen_at = now() - interval '1 h'")
        .update();
    assertThat(reasons()).containsExactly("no worker is online of elsewhere; start one");
  }

  private List<String> reasons() {
    return waiting().stream().map(job -> job.path("reason").asString()).toList();
  }

  @Test
  void aJobThatPausesSaysAfterWhat() {
    queue.submit(aRun());
    var worker = server.worker("w1");
    worker.complete(worker.takeJob(), AttemptOutcome.INFRA_ERROR, 0);

    assertThat(reasons().getFirst())
        .matches("is tried again in [3-5] s, after infra error: simulated");
  }

  @Test
  void liveTellsWhatEveryHostMeasures() {
    String run = queue.submit(aRun().named("mine"));
    var worker = server.worker("w1");
    worker.takeJob();

    var hosts = server.admin().get("/api/v1/live").json().path("items");

    assertThat(hosts).hasSize(2);
    assertThat(hosts.path(0).path("host").asString()).isEqualTo("elsewhere");
    assertThat(hosts.path(0).path("measuring").isNull()).isTrue();
    var measuring = hosts.path(1).path("measuring");
    assertThat(run).endsWith(measuring.path("run").asString());
    assertThat(measuring.path("run_name").asString()).isEqualTo("mine");
    assertThat(measuring.path("current").asString()).isEqualTo("round 1");
    assertThat(measuring.path("seconds_left").asDouble()).isEqualTo(12.5);
    assertThat(measuring.path("cells_total").asInt()).isEqualTo(1);
    assertThat(measuring.path("acknowledged").asBoolean()).isTrue();
  }

  @Test
  void afterAFailureAnotherHostIsPreferred() {
    queue.submit(aRun());
    var first = server.worker("w1");
    first.complete(first.takeJob(), AttemptOutcome.INFRA_ERROR, 0);
    queue.letOtherHostsTry();

    assertThat(first.idle().lease()).isNull();
    assertThat(server.worker("w2").takeJob()).isNotNull();
  }

  @Test
  void whereThereIsNoOtherHostTheSameOneTriesAgain() {
    queue.submit(aRun());
    server.jdbc().sql("DELETE FROM interpreter").update();
    server.jdbc().sql("UPDATE host SET last_seen_at = now() - interval '1 h'").update();
    var only = server.worker("w1");
    only.complete(only.takeJob(), AttemptOutcome.INFRA_ERROR, 0);
    queue.letOtherHostsTry();

    assertThat(only.idle().lease()).isNotNull();
  }

  @Test
  void aJobWithWhichTwoHostsWereLostHasFailedUntilSomebodyRetriesIt() {
    String run = queue.submit(aRun());
    for (int i = 0; i < 2; i++) {
      queue.letPausesEnd();
      server.worker("w" + i).takeJob();
      queue.letLeasesExpire();
      ends.endExpired();
    }
    assertThat(queue.job(run).path("state").asString()).isEqualTo("failed");
    assertThat(queue.state(run)).isEqualTo("completed");

    var retry = server.admin().post(run + "/retries", "");

    assertThat(retry.status()).isEqualTo(202);
    assertThat(queue.state(run)).isEqualTo("running");
    var worker = server.worker("w2");
    finish(worker, worker.takeJob());
    assertThat(queue.state(run)).isEqualTo("completed");
    assertThat(queue.cells(run).getFirst().path("outcome").asString()).isEqualTo("succeeded");
    var nothing = server.admin().post(run + "/retries", "");
    assertThat(nothing.status()).isEqualTo(409);
    assertThat(nothing.json().path("code").asString()).isEqualTo("nothing_to_retry");
  }

  @Test
  void aHostThatFallsSilentWithTwoRunsGetsNoMore() {
    for (int i = 0; i < 3; i++) {
      queue.submit(aRun());
    }
    var bad = server.worker("bad");
    for (int i = 0; i < 2; i++) {
      assertThat(bad.takeJob()).isNotNull();
      queue.letLeasesExpire();
      ends.endExpired();
    }

    assertThat(state("bad")).isEqualTo("quarantined");
    assertThat(bad.idle().lease()).isNull();
    assertThat(server.worker("good").takeJob()).isNotNull();
  }

  @Test
  void aHostThatIsStartedAnewAgainAndAgainIsNotToBlame() {
    for (int i = 0; i < 3; i++) {
      queue.submit(aRun());
    }
    var worker = server.worker("w1");
    for (int i = 0; i < 3; i++) {
      worker.takeJob();
      worker = worker.restarted();
    }
    worker.report();

    assertThat(state("w1")).isEqualTo("active");
  }

  private String state(String host) {
    return server
        .jdbc()
        .sql("SELECT state FROM host WHERE name = :host")
        .param("host", host)
        .query(String.class)
        .single();
  }
}
