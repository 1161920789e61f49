package dev.lanes.run;

import dev.lanes.TestServer;
import dev.lanes.web.Caller.Answer;
import java.util.List;
import org.assertj.core.api.Assertions;
import tools.jackson.databind.JsonNode;

/** Submits runs, looks at them, and lets time pass for their leases. */
public final class Queue {

  private static final String RUNS = "/api/v1/runs";

  private final TestServer server;

  public Queue(TestServer server) {
    this.server = server;
  }

  /** Submits a run and gives its address. */
  public String submit(RunBody run) {
    Answer answer = server.admin().post(RUNS, run.json());
    Assertions.assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer.header("Location");
  }

  public JsonNode run(String address) {
    return server.admin().get(address).json();
  }

  public String state(String address) {
    return run(address).path("state").asString();
  }

  /** The only job of a run. */
  public JsonNode job(String address) {
    return run(address).path("jobs").path(0);
  }

  public List<JsonNode> cells(String address) {
    return server.admin().get(address + "/cells").json().path("items").valueStream().toList();
  }

  public Answer cancel(String address) {
    return server.admin().post(address + "/cancellation", "");
  }

  /** Outcomes of the attempts so far, the first one first; an open one is null. */
  public List<String> attempts() {
    return server
        .jdbc()
        .sql("SELECT outcome FROM attempt ORDER BY fence")
        .query((row, _) -> row.getString(1))
        .list();
  }

  /** Nothing was heard of any worker for longer than its lease is good for. */
  public void letLeasesExpire() {
    server
        .jdbc()
        .sql("UPDATE attempt SET lease_expires_at = now() - interval '1 s' WHERE ended_at IS NULL")
        .update();
  }

  /** The pause before the next try is over. */
  public void letPausesEnd() {
    server.jdbc().sql("UPDATE job SET not_before = now() - interval '1 s'").update();
  }

  public int count(String table) {
    return server.jdbc().sql("SELECT count(*) FROM " + table).query(Integer.class).single();
  }
}
