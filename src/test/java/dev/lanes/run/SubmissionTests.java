package dev.lanes.run;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.web.Caller.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@OnTestServer
class SubmissionTests {

  private static final String RUNS = "/api/v1/runs";
  private static final String KEY = "Idempotency-Key";

  @Autowired private TestServer server;

  @BeforeEach
  void aHostWithInterpreters() {
    server.clear();
    server.worker("w1").report();
  }

  @Test
  void anAcceptedRunSaysWhereItIsAndHowItStands() {
    var answer = server.admin().post(RUNS, aRun().axis("model", "sequential", "threads").json());

    assertThat(answer.status()).isEqualTo(202);
    String id = answer.json().path("id").asString();
    assertThat(answer.header("Location")).isEqualTo(RUNS + "/" + id);
    assertThat(answer.header("Retry-After")).isNotEmpty();
    var run = server.admin().get(answer.header("Location")).json();
    assertThat(run.path("state").asString()).isEqualTo("queued");
    assertThat(run.path("progress").path("cells_total").asInt()).isEqualTo(2);
    assertThat(run.path("queue").path("position").asInt()).isEqualTo(1);
    assertThat(run.path("spec").path("matrix").path("model").toString())
        .isEqualTo("[\"sequential\",\"threads\"]");
  }

  @Test
  void theSameKeyWithTheSameRunGivesTheFirstOne() {
    var first = server.admin().post(RUNS, aRun().json(), KEY, "key 1");

    var second = server.admin().post(RUNS, aRun().json(), KEY, "key 1");

    assertThat(second.status()).isEqualTo(202);
    assertThat(id(second)).isEqualTo(id(first));
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  void theSameKeyWithAnotherRunIsRefused() {
    server.admin().post(RUNS, aRun().json(), KEY, "key 1");

    var other = server.admin().post(RUNS, aRun().named("another").json(), KEY, "key 1");

    assertThat(other.status()).isEqualTo(422);
    assertThat(other.json().path("code").asString()).isEqualTo("idempotency_key_reused");
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  void aKeyBelongsToWhoeverUsesIt() {
    var somebodyElse = server.caller(server.tokens().of(dev.lanes.access.Role.SUBMITTER));
    var first = server.admin().post(RUNS, aRun().json(), KEY, "key 1");

    var second = somebodyElse.post(RUNS, aRun().json(), KEY, "key 1");

    assertThat(id(second)).isNotEqualTo(id(first));
  }

  @Test
  void aRefusedRunDoesNotUseUpItsKey() {
    server.admin().post(RUNS, aRun().axis("digits", 0).json(), KEY, "key 1");

    var mended = server.admin().post(RUNS, aRun().json(), KEY, "key 1");

    assertThat(mended.status()).isEqualTo(202);
  }

  @Test
  void callsAtTheSameMomentWithOneKeyMakeOneRun() throws Exception {
    int calls = 6;
    var atOnce = new CyclicBarrier(calls);
    List<Future<Answer>> answers = new ArrayList<>();

    try (var threads = Executors.newFixedThreadPool(calls)) {
      for (int i = 0; i < calls; i++) {
        answers.add(
            threads.submit(() -> {
              atOnce.await();
              return server.admin().post(RUNS, aRun().json(), KEY, "key 1");
            }));
      }
    }

    List<String> ids = new ArrayList<>();
    for (var answer : answers) {
      ids.add(id(answer.get()));
    }
    assertThat(ids.stream().distinct()).hasSize(1);
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  void anEmptyOrEndlessKeyIsRefused() {
    var endless = server.admin().post(RUNS, aRun().json(), KEY, "k".repeat(256));

    assertThat(endless.status()).isEqualTo(422);
    assertThat(endless.json().path("detail").asString()).contains("256", "1 to 255");
  }

  @Test
  void runsArePagedFromTheNewest() {
    for (int i = 1; i <= 5; i++) {
      server.admin().post(RUNS, aRun().named("run " + i).json());
    }

    var first = server.admin().get(RUNS + "?limit=2");
    String next = first.json().path("next").asString();
    var second = server.admin().get(RUNS + "?limit=2&cursor=" + next).json();
    var third = server.admin().get(RUNS + "?limit=2&cursor=" + second.path("next").asString());

    assertThat(first.header("Link")).contains("cursor=" + next, "rel=\"next\"");
    assertThat(names(first.json())).containsExactly("run 5", "run 4");
    assertThat(names(second)).containsExactly("run 3", "run 2");
    assertThat(names(third.json())).containsExactly("run 1");
    assertThat(third.json().path("next").isNull()).isTrue();
    assertThat(first.json().path("items").path(0).has("spec")).isFalse();
  }

  @Test
  void cellsArePagedInTheOrderOfTheMatrix() {
    var run = server.admin().post(RUNS, aRun().axis("digits", 5, 4, 3, 2, 1).json());
    String cells = RUNS + "/" + id(run) + "/cells?limit=3";

    var first = server.admin().get(cells).json();
    var second = server.admin().get(cells + "&cursor=" + first.path("next").asString()).json();

    assertThat(digits(first)).containsExactly(5, 4, 3);
    assertThat(digits(second)).containsExactly(2, 1);
    assertThat(second.path("next").isNull()).isTrue();
  }

  private int runs() {
    return server.admin().get(RUNS).json().path("items").size();
  }

  private static String id(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer.json().path("id").asString();
  }

  private static List<String> names(tools.jackson.databind.JsonNode page) {
    return page.path("items").valueStream().map(run -> run.path("name").asString()).toList();
  }

  private static List<Integer> digits(tools.jackson.databind.JsonNode page) {
    return page.path("items")
        .valueStream()
        .map(cell -> cell.path("axes").path("digits").asInt())
        .toList();
  }
}
