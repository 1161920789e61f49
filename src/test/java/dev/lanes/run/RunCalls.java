package dev.lanes.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.web.Caller;
import dev.lanes.web.Caller.Answer;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a person does with runs: submits them, looks at them, cancels them. */
public class RunCalls {

  private static final String RUNS = "/api/v1/runs";

  private final Caller caller;

  public RunCalls(Caller caller) {
    this.caller = caller;
  }

  /** Submits a run and gives its address. */
  public final String submit(RunBody run) {
    Answer answer = caller.post(RUNS, run.json());
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer.header("Location");
  }

  public final JsonNode run(String address) {
    return caller.get(address).json();
  }

  public final String state(String address) {
    return run(address).path("state").asString();
  }

  /** The only job of a run. */
  public final JsonNode job(String address) {
    return run(address).path("jobs").path(0);
  }

  public final List<JsonNode> cells(String address) {
    return caller.get(address + "/cells").json().path("items").valueStream().toList();
  }

  /** Every sample of a cell. */
  public final List<JsonNode> samples(JsonNode cell) {
    String address = "/api/v1/cells/" + cell.path("id").asString() + "/samples";
    return caller.get(address).json().path("items").valueStream().toList();
  }

  public final Answer cancel(String address) {
    return caller.post(address + "/cancellation", "");
  }
}
