package dev.lanes.result;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.protocol.Lease;
import dev.lanes.run.Cells;
import dev.lanes.run.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Whatever a worker sends, it is stored whole, or refused with 4xx and leaves nothing. */
@OnTestServer
class BadChunkTests {

  private static final String SAMPLE =
      """
      {"cell": "CELL", "round": 0, "measure": "total_seconds", "warmups": 0, "values": [1.0]}\
      """;
  private static final String ENDING =
      """
      {"cell": "CELL", "outcome": "succeeded", "rounds": 1, "loops": 1, "turns": 1, "warmups": 0,
       "quality": "stable", "quality_reasons": [], "environment": {}}\
      """;

  private static final String EVIDENCE =
      """
      {"group": 0, "round": 0, "seconds": 0.5, "hash_seed": 7, "layout": "turns",
       "sentinels": {"cpu_before_seconds": 0.01}, "counters": {"steal_share": 0.0},
       "disturbances": []}\
      """;

  @Autowired private TestServer server;
  private Queue queue;
  private SimulatedWorker worker;
  private Lease lease;

  @BeforeEach
  void aLeasedJob() {
    server.clear();
    queue = new Queue(server);
    server.worker("elsewhere").report();
    queue.submit(aRun());
    worker = server.worker("w1");
    lease = worker.takeJob();
  }

  static Stream<Arguments> chunks() {
    return Stream.of(
        arguments("not a number", sample("[1.0]", "[\"NaN\"]")),
        arguments("not a number as a literal", sample("[1.0]", "[NaN]")),
        arguments("a negative time", sample("[1.0]", "[1.0, -1e-9]")),
        arguments("infinity", sample("[1.0]", "[\"Infinity\"]")),
        arguments("more than a double holds", sample("[1.0]", "[1e999]")),
        arguments("no value", sample("[1.0]", "[]")),
        arguments("a null value", sample("[1.0]", "[null]")),
        arguments("null values", sample("[1.0]", "null")),
        arguments("only warm-ups", sample("\"warmups\": 0", "\"warmups\": 1")),
        arguments("negative warm-ups", sample("\"warmups\": 0", "\"warmups\": -1")),
        arguments("more warm-ups than are kept", manyWarmups()),
        arguments("a negative round", sample("\"round\": 0", "\"round\": -1")),
        arguments("an unknown measure", sample("total_seconds", "happiness")),
        arguments("no measure", sample("\"total_seconds\"", "null")),
        arguments("no such cell", sample("CELL", "0199a3c0-0000-7000-8000-000000000000")),
        arguments("no id of a cell", sample("CELL", "seventeen")),
        arguments("an unknown field", sample("\"round\"", "\"ruond\": 1, \"round\"")),
        arguments("the same sample twice", chunk(SAMPLE + "," + SAMPLE, "")),
        arguments("an unknown outcome", ending("succeeded", "marvellous")),
        arguments("a failure without a reason", ending("succeeded", "crashed")),
        arguments("negative rounds", ending("\"rounds\": 1", "\"rounds\": -1")),
        arguments("no environment", ending("\"environment\": {}", "\"environment\": null")),
        arguments("the same ending twice", chunk(SAMPLE, ENDING + "," + ENDING)),
        arguments("an unknown quality", ending("stable", "marvellous")),
        arguments("no reasons", ending("\"quality_reasons\": []", "\"quality_reasons\": null")),
        arguments("negative turns", ending("\"turns\": 1", "\"turns\": -1")),
        arguments("negative warm-up turns", ending("\"warmups\": 0", "\"warmups\": -1")),
        arguments("a round without a length", evidence("0.5", "\"NaN\"")),
        arguments("a round of negative length", evidence("0.5", "-0.5")),
        arguments("a negative sentinel", evidence("0.01", "-0.01")),
        arguments("a sentinel that is no number", evidence("0.01", "\"NaN\"")),
        arguments("a sentinel of null", evidence("0.01", "null")),
        arguments("an infinite counter", evidence("0.0", "\"Infinity\"")),
        arguments("an unknown layout", evidence("turns", "sideways")),
        arguments("no layout", evidence("\"turns\"", "null")),
        arguments("a group of no job", evidence("\"group\": 0", "\"group\": 1")),
        arguments("a negative group", evidence("\"group\": 0", "\"group\": -1")),
        arguments("a negative round of a group", evidence("\"round\": 0", "\"round\": -1")),
        arguments("no disturbances", evidence("\"disturbances\": []", "\"disturbances\": null")),
        arguments("the same round twice", chunk(SAMPLE, EVIDENCE + "," + EVIDENCE, ENDING)),
        arguments("no rounds at all", "{\"samples\": [], \"endings\": []}"),
        arguments("a null sample", chunk("null", "")),
        arguments("no samples at all", "{\"rounds\": [], \"endings\": []}"),
        arguments("an array", "[]"),
        arguments("null", "null"),
        arguments("nothing", ""),
        arguments("torn", "{\"samples\": [{\"cell\""));
  }

  private static String chunk(String samples, String endings) {
    return chunk(samples, "", endings);
  }

  private static String chunk(String samples, String rounds, String endings) {
    return "{\"samples\": [%s], \"rounds\": [%s], \"endings\": [%s]}"
        .formatted(samples, rounds, endings);
  }

  /** A chunk that begins well, so that half of it could be written. */
  private static String sample(String part, String instead) {
    String good = SAMPLE.replace("\"round\": 0", "\"round\": 7");
    return chunk(good + "," + SAMPLE.replace(part, instead), ENDING);
  }

  private static String ending(String part, String instead) {
    assertThat(ENDING).contains(part);
    return chunk(SAMPLE, ENDING.replace(part, instead));
  }

  /** The first round is good, so that half of the chunk could be written. */
  private static String evidence(String part, String instead) {
    String good = EVIDENCE.replace("\"round\": 0", "\"round\": 7");
    String bad = EVIDENCE.replace(part, instead);
    assertThat(bad).isNotEqualTo(EVIDENCE);
    return chunk(SAMPLE, good + "," + bad, ENDING);
  }

  private static String manyWarmups() {
    String values = "[" + "1,".repeat(40_000) + "1]";
    return chunk(SAMPLE.replace("[1.0]", values).replace("ups\": 0", "ups\": 40000"), "");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("chunks")
  void aBadChunkIsRefusedAndLeavesNothing(String name, String chunk) {
    var refusal = worker.put(lease, 0, chunk.replace("CELL", Cells.first(lease).toString()));

    assertThat(refusal.status()).as(refusal.body()).isIn(400, 409, 422);
    assertThat(refusal.header("Content-Type")).startsWith("application/problem+json");
    assertThat(refusal.json().path("detail").asString()).isNotBlank();
    assertThat(queue.count("chunk")).isZero();
    assertThat(queue.count("sample")).isZero();
    assertThat(queue.count("round_evidence")).isZero();
    assertThat(queue.count("cell_result")).isZero();
  }

  @Test
  void theChunkThatTheBadOnesAreMadeOfIsGood() {
    String good = chunk(SAMPLE, EVIDENCE, ENDING).replace("CELL", Cells.first(lease).toString());

    assertThat(worker.put(lease, 0, good).status()).isEqualTo(200);
    assertThat(queue.count("round_evidence")).isEqualTo(1);
  }

  @Test
  void aRoundThatWasToldAlreadyIsRefusedInAnotherChunkToo() {
    worker.put(lease, 0, chunk("", EVIDENCE, ""));

    var refusal = worker.put(lease, 1, chunk("", EVIDENCE.replace("0.5", "0.6"), ""));

    assertThat(refusal.status()).isEqualTo(409);
    assertThat(refusal.json().path("code").asString()).isEqualTo("chunk_conflict");
    assertThat(queue.count("round_evidence")).isEqualTo(1);
  }

  @Test
  void aSampleThatWasStoredAlreadyIsRefusedInAnotherChunkToo() {
    worker.send(lease, 0, Cells.oneRound(lease, 0, 1));

    var refusal = worker.put(lease, 1, SimulatedWorker.json(Cells.oneRound(lease, 0, 2)));

    assertThat(refusal.status()).as(refusal.body()).isIn(409, 422);
    assertThat(queue.count("chunk")).isEqualTo(1);
    assertThat(queue.count("sample")).isEqualTo(1);
  }

  @Test
  void aChunkHasANumberFromZero() {
    var refusal = worker.put(lease, -1, SimulatedWorker.json(Cells.oneRound(lease, 0, 1)));

    assertThat(refusal.status()).as(refusal.body()).isIn(400, 404, 422);
    assertThat(queue.count("chunk")).isZero();
  }

  @Test
  void textsWithTheCharacterThatPostgresqlRefusesAreKeptWithoutIt() {
    String ending =
        """
        {"cell": "CELL", "outcome": "exception", "reason": "ValueError: a\\u0000b", "rounds": 0,
         "loops": 0, "turns": 0, "warmups": 0, "quality_reasons": ["i\\u0000j"], "environment": {"note": "c\\u0000d"}, "build": "e\\u0000f",
         "evidence": {"stderr_tail": "g\\u0000h"}}\
        """;

    var answer =
        worker.put(lease, 0, chunk("", ending).replace("CELL", Cells.first(lease).toString()));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    var cell = server.admin().get("/api/v1/cells/" + Cells.first(lease)).json();
    assertThat(cell.path("reason").asString()).isEqualTo("ValueError: a\ufffdb");
    assertThat(cell.path("evidence").path("stderr_tail").asString()).isEqualTo("g\ufffdh");
    assertThat(queue.count("cell_result WHERE quality_reasons->>0 = 'i\ufffdj'")).isEqualTo(1);
  }
}
