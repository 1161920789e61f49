package dev.lanes.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Chunk.RoundSamples;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.Lease;
import dev.lanes.run.Cells;
import dev.lanes.run.RunBody;
import dev.lanes.web.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Claims that people make, over a saved suite of {@code pi} by threads and in sequence. */
@OnTestServer
class OwnClaimTests {

  private static final String MINE = "/api/v1/claims/threads-do-not-help";

  @Autowired private TestServer server;
  private SimulatedWorker worker;

  @BeforeEach
  void aSavedSuite() {
    server.clear();
    worker = server.worker("w1");
    worker.report();
    save("mine", RunBody.aRun().axis("model", "sequential", "threads"));
  }

  private void save(String name, RunBody run) {
    String body = "{\"name\": \"%s\", \"run\": %s}".formatted(name, run.json());
    var saved = server.admin().post("/api/v1/suites", body);
    assertThat(saved.status()).as(saved.body()).isEqualTo(201);
  }

  @Test
  void aSuiteOfEverythingIsJudgedByTheCellsThatAreNamed() {
    save("all", RunBody.aRun().axis("model", "*").axis("interpreter", "cpython-3.14"));
    ObjectNode claim = claim(0.5, 2);
    claim.put("suite", "all");

    assertThat(server.admin().put(MINE, claim.toString()).status()).isEqualTo(201);
    measure("all", 1.2);

    assertThat(verdict(get())).isEqualTo("confirmed");
  }

  @Test
  void itIsNotTestableUntilItsSuiteWasMeasuredAndThenHasAVerdict() {
    var made = server.admin().put(MINE, claim(0.5, 2).toString());

    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(made.json().path("owner").asString()).isEqualTo("local admin");
    assertThat(made.json().path("suite").asString()).isEqualTo("mine");
    assertThat(verdict(made.json())).isEqualTo("not_testable");

    measure(1.2);
    assertThat(verdict(get())).isEqualTo("confirmed");
    assertThat(get().path("conditions")).hasSize(1);
    assertThat(get().path("history")).hasSize(1);
    assertThat(listed()).contains("threads-do-not-help").contains("C05");

    measure(3);
    assertThat(verdict(get())).isEqualTo("refuted");
    assertThat(server.admin().get(MINE + "/badge.svg").status()).isEqualTo(200);
  }

  @Test
  void theSameClaimAgainIsLeftAsItIsAndAnotherIsRefused() {
    String body = claim(0.5, 2).toString();
    assertThat(server.admin().put(MINE, body).status()).isEqualTo(201);

    assertThat(server.admin().put(MINE, body).status()).isEqualTo(200);
    var other = server.admin().put(MINE, claim(0.5, 4).toString());

    assertThat(other.status()).isEqualTo(409);
    assertThat(other.json().path("code").asString()).isEqualTo("claim_fixed");
    assertThat(get().path("conditions").path(0).path("band").path("high").asDouble()).isEqualTo(2);
  }

  @Test
  void madeAnewWithAnotherBandItIsJudgedByThatBand() {
    server.admin().put(MINE, claim(0.5, 2).toString());
    measure(1.2);
    assertThat(verdict(get())).isEqualTo("confirmed");

    assertThat(server.admin().delete(MINE).status()).isEqualTo(204);
    assertThat(server.admin().get(MINE).status()).isEqualTo(404);
    server.admin().put(MINE, claim(1.5, 2).toString());

    assertThat(verdict(get())).isEqualTo("refuted");
  }

  @Test
  void withoutItsSuiteItSaysWhatIsMissing() {
    server.admin().put(MINE, claim(0.5, 2).toString());
    measure(1.2);
    String version = server.admin().get("/api/v1/suites/mine").header("ETag");
    assertThat(server.admin().delete("/api/v1/suites/mine", "If-Match", version).status())
        .isEqualTo(204);

    assertThat(verdict(get())).isEqualTo("not_testable");
    assertThat(get().path("reason").asString())
        .isEqualTo("its suite \"mine\" was deleted; save it again");
    assertThat(server.admin().get("/api/v1/claims").status()).isEqualTo(200);
  }

  @Test
  void thoseThatLanesBringsStay() {
    assertThat(server.admin().delete("/api/v1/claims/C05").status()).isEqualTo(404);
    var replaced = server.admin().put("/api/v1/claims/C05", claim(0.5, 2).toString());
    assertThat(replaced.status()).isEqualTo(422);
    assertThat(replaced.json().path("detail").asString()).contains("C05");
  }

  @ParameterizedTest
  @CsvSource({
    "/statement, '', /statement",
    "/source/url, 'javascript:alert(1)', /source/url",
    "/source/published, 'last year', /source/published",
    "/suite, 'theirs', /suite",
    "/cores, 0, /cores",
    "/interpreters, '[\"cpython-2.7\"]', /interpreters/0",
    "/conditions, '[]', /conditions",
    "/conditions/0/says, '', /conditions/0/says",
    "/conditions/0/measure, 'beauty', /conditions/0",
    "/conditions/0/contender, '{}', /conditions/0/contender",
    "/conditions/0/contender/model, 'fibers', /conditions/0/contender/model",
    "/conditions/0/contender/digits, 21, /conditions/0/contender/digits",
    "/conditions/0/contender/colour, 'red', /conditions/0/contender/colour",
    "/conditions/0/contender/interpreter, 'a\u0000b', /conditions/0/contender/interpreter",
    "/conditions/0/band, '{}', /conditions/0",
    "/conditions/0/band, '{\"low\": 2, \"high\": 1}', /conditions/0",
    "/conditions/0/scale, 0, /conditions/0",
  })
  void whatIsWrongIsNamed(String at, String value, String pointer) {
    ObjectNode claim = claim(0.5, 2);
    int name = at.lastIndexOf('/');
    var parent = (ObjectNode) claim.at(at.substring(0, name));
    parent.set(at.substring(name + 1), node(value));

    var answer = server.admin().put(MINE, claim.toString());

    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(answer.json().path("errors").valueStream())
        .extracting(error -> error.path("pointer").asString())
        .contains(pointer);
    assertThat(server.admin().get(MINE).status()).isEqualTo(404);
  }

  @Test
  void aConditionWithoutABandDecidesNothingSoThatAClaimNeedsAnother() {
    ObjectNode claim = claim(0.5, 2);
    ((ObjectNode) claim.at("/conditions/0")).remove("band");

    Caller.Answer answer = server.admin().put(MINE, claim.toString());

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("detail").asString()).contains("none decides");
  }

  private static JsonNode node(String value) {
    var json = JsonMapper.shared();
    return value.startsWith("{") || value.startsWith("[") || value.matches("\\d+")
        ? json.readTree(value)
        : json.valueToTree(value);
  }

  private static ObjectNode claim(double low, double high) {
    Object claim =
        Map.of(
            "statement",
            "Threads make nothing faster.",
            "source",
            Map.of(
                "speaker",
                "a reader",
                "title",
                "a letter",
                "url",
                "https://example.org/letter",
                "published",
                "2024-05"),
            "suite",
            "mine",
            "conditions",
            List.of(
                Map.of(
                    "says",
                    "threads over one after the other",
                    "measure",
                    "total_seconds",
                    "contender",
                    Map.of("model", "threads"),
                    "baseline",
                    Map.of("model", "sequential"),
                    "band",
                    Map.of("low", low, "high", high))));
    return JsonMapper.shared().valueToTree(claim);
  }

  private JsonNode get() {
    return server.admin().get(MINE).json();
  }

  private static String verdict(JsonNode claim) {
    return claim.path("verdicts").path(0).path("verdict").asString();
  }

  private List<String> listed() {
    return server
        .admin()
        .get("/api/v1/claims")
        .json()
        .path("items")
        .valueStream()
        .map(item -> item.path("id").asString())
        .toList();
  }

  /** A run of the suite in which threads take so many times as long. */
  private void measure(double factor) {
    measure("mine", factor);
  }

  private void measure(String suite, double factor) {
    var submitted = server.admin().post("/api/v1/suites/" + suite + "/runs", "{}");
    assertThat(submitted.status()).as(submitted.body()).isEqualTo(202);
    Lease lease = worker.takeJob();
    List<RoundSamples> samples = new ArrayList<>();
    for (int round = 0; round < 8; round++) {
      for (var cell : Cells.of(lease)) {
        double jitter = 1 + 0.003 * (round % 2);
        double seconds = "threads".equals(cell.model()) ? factor * jitter : 1;
        samples.add(Cells.total(cell.id(), round, seconds));
      }
    }
    var ends = Cells.of(lease).stream().map(cell -> Cells.succeeded(cell.id(), 8)).toList();
    worker.send(lease, 0, new Chunk(samples, List.of(), ends));
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);
  }
}
