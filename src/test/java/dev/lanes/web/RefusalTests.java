package dev.lanes.web;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.run.RunBody;
import dev.lanes.web.Caller.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Whatever is sent, the answer is a problem that says what to mend, in the words of the API. */
@OnTestServer
class RefusalTests {

  private static final String RUNS = "/api/v1/runs";
  private static final int FIVE_MEGABYTES = 5_000_000;

  @Autowired private TestServer server;

  @BeforeEach
  void aHostWithInterpreters() {
    server.clear();
    server.worker("w1").report();
  }

  static Stream<Arguments> runsWithOneFault() {
    return Stream.of(
        arguments("/matrix/workload/0", "pi", aRun().axis("workload", "e")),
        arguments("/matrix/model/0", "threads", aRun().axis("model", "fibers")),
        arguments("/matrix/interpreter/0", "cpython-3.14t", aRun().axis("interpreter", "pypy")),
        arguments("/matrix/colour", "digits", aRun().axis("colour", "red")),
        arguments("/matrix/digits/0", null, aRun().axis("digits", -5)),
        arguments("/matrix/digits/0", null, aRun().axis("digits", 1e300)),
        arguments("/matrix/digits/0", null, aRun().axis("digits", Map.of("from", 1))),
        arguments("/matrix/tasks/0", null, aRun().axis("tasks", 0)),
        arguments("/matrix/parallelism/0", null, aRun().axis("parallelism", "two")),
        arguments("/matrix/model", null, aRun().axis("model")),
        arguments("/name", null, aRun().named(" ")),
        arguments("/name", null, aRun().named("x".repeat(201))),
        arguments("/priority", null, aRun().with("priority", 101)),
        arguments("/profiles/0", "any", aRun().with("profiles", List.of("gpu"))),
        arguments("/profiles", "any", aRun().with("profiles", List.of())),
        arguments("/precision/max_rounds", null, precision("max_rounds", 0)),
        arguments("/precision/time_budget_s", null, precision("time_budget_s", 1e9)),
        arguments("/precision/relative_half_width", null, precision("relative_half_width", 0)),
        arguments("/precision/measures", "total_seconds", precision("measures", List.of())),
        arguments(
            "/precision/measures/1",
            "steady_seconds",
            precision("measures", List.of("total_seconds", "peak_pss_bytes"))),
        arguments(
            "/precision/measures/0",
            "cpu_seconds",
            precision("measures", List.of("run_delay_seconds"))),
        arguments("/exclude/0", null, aRun().with("exclude", List.of(Map.of("digits", 3)))),
        arguments("/exclude/0", null, aRun().with("exclude", Arrays.asList((Object) null))),
        arguments("/name", null, aRun().named("a\0b")),
        arguments("/labels", null, aRun().with("labels", Map.of("commit", "a\0b"))));
  }

  private static RunBody precision(String field, Object value) {
    return aRun().with("precision", Map.of(field, value));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runsWithOneFault")
  void aFaultOfARunIsPointedAt(String pointer, String allowed, RunBody run) {
    var answer = server.admin().post(RUNS, run.json());

    assertProblem(answer, 422, "invalid_run");
    var error = answer.json().path("errors").path(0);
    assertThat(error.path("pointer").asString()).isEqualTo(pointer);
    assertThat(error.path("detail").asString()).isNotBlank();
    if (allowed != null) {
      assertThat(error.path("allowed").toString()).contains('"' + allowed + '"');
    }
    assertThat(server.admin().get(RUNS).json().path("items")).isEmpty();
  }

  @Test
  void halfOfACharacterIsNoServersFault() {
    var answer = server.admin().post(RUNS, aRun().json().replace("a run", "a\\ud800 run"));

    assertThat(answer.status()).as(answer.body()).isBetween(200, 499);
  }

  @Test
  void severalFaultsAreToldAtOnce() {
    var run = aRun().named("").axis("model", "fibers").with("priority", 101);

    var answer = server.admin().post(RUNS, run.json());

    assertProblem(answer, 422, "invalid_run");
    assertThat(answer.json().path("errors").valueStream().map(error -> error.path("pointer")))
        .extracting(pointer -> pointer.asString())
        .containsExactlyInAnyOrder("/name", "/matrix/model/0", "/priority");
  }

  @Test
  void manyFaultsMakeNoLongAnswer() {
    Object[] models = new Object[50_000];
    Arrays.fill(models, "fibers");

    var answer = server.admin().post(RUNS, aRun().axis("model", models).json());

    assertProblem(answer, 422, "invalid_run");
    assertThat(answer.body()).hasSizeLessThan(100_000);
  }

  @Test
  void manyExclusionsAreRefusedBeforeTheyAreTried() {
    var exclude = Collections.nCopies(5_000, Map.of("digits", 20));

    var answer = server.admin().post(RUNS, aRun().with("exclude", exclude).json());

    assertProblem(answer, 422, "invalid_run");
    assertThat(answer.json().path("errors").path(0).path("pointer").asString())
        .isEqualTo("/exclude");
  }

  static Stream<Arguments> bodiesOfTheWrongShape() {
    return Stream.of(
        arguments(422, "/nmae", "{\"nmae\": \"a run\"}"),
        arguments(422, "/precision/rounds", "{\"precision\": {\"rounds\": 3}}"),
        arguments(422, "/priority", "{\"priority\": \"high\"}"),
        arguments(422, "/priority", "{\"priority\": 99999999999}"),
        arguments(422, "/matrix", "{\"matrix\": \"pi\"}"),
        arguments(422, "/matrix", "{\"matrix\": [\"pi\"]}"),
        arguments(422, "/exclude", "{\"exclude\": 7}"),
        arguments(422, "/exclude/0", "{\"exclude\": [\"pi\"]}"),
        arguments(422, "/profiles", "{\"profiles\": {\"any\": true}}"),
        arguments(422, "/precision/max_rounds", "{\"precision\": {\"max_rounds\": []}}"),
        arguments(422, "", "[]"),
        arguments(422, "", "\"run\""),
        arguments(422, "", "17"),
        arguments(422, "", aRun().json() + "{}"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("bodiesOfTheWrongShape")
  void aFieldOfTheWrongKindIsPointedAt(int status, String pointer, String body) {
    var answer = server.admin().post(RUNS, body);

    assertProblem(answer, status, "invalid_request");
    assertThat(answer.json().path("errors").path(0).path("pointer").asString()).isEqualTo(pointer);
  }

  @Test
  void anUnknownFieldIsAnsweredWithTheKnownOnes() {
    var answer = server.admin().post(RUNS, "{\"nmae\": \"a run\"}");

    assertThat(answer.json().path("errors").path(0).path("allowed").toString())
        .contains("\"name\"", "\"matrix\"", "\"precision\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{", "{\"name\": }", "\u0000", "{'a':1}"})
  void whatIsNoJsonObjectIsRefused(String body) {
    var answer = server.admin().post(RUNS, body);

    assertProblem(answer, 400, "malformed_json");
  }

  @Test
  void aVeryDeepBodyIsRefused() {
    var answer = server.admin().post(RUNS, "{\"matrix\":" + "{\"a\":".repeat(100_000));

    assertProblem(answer, 400, "malformed_json");
  }

  static Stream<Arguments> bodiesThatWouldCostMoreThanTheirBytes() throws IOException {
    return Stream.of(
        arguments("invalid UTF-8", new byte[] {'{', '"', (byte) 0xff, (byte) 0xc0, '"', '}'}, ""),
        arguments("half a surrogate in UTF-8", new byte[] {'"', (byte) 0xed, (byte) 0xa0, '"'}, ""),
        arguments("five megabytes in five kilobytes", gzip(new byte[FIVE_MEGABYTES]), "gzip"),
        arguments("a torn archive", Arrays.copyOf(gzip(new byte[1000]), 12), "gzip"),
        arguments("well-formed and deep", labels("[".repeat(101) + "]".repeat(101)), ""),
        arguments("a number of many digits", labels("1".repeat(100_000)), ""),
        arguments("a name that does not end", labels("{\"" + "x".repeat(100_000) + "\": 1}"), ""),
        arguments("not a number", labels("NaN"), ""),
        arguments("infinity", labels("-Infinity"), ""));
  }

  private static byte[] labels(String value) {
    return ("{\"labels\": {\"a\": " + value + "}}").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] body) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodiesThatWouldCostMoreThanTheirBytes")
  void whatWouldCostMoreThanItsBytesIsRefused(String name, byte[] body, String encoding) {
    var answer = server.admin().put("/api/v1/profiles/odd", body, "Content-Encoding", encoding);

    assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
    assertProblem(answer, answer.status(), answer.json().path("code").asString());
    assertThat(server.admin().get("/api/v1/profiles").body()).doesNotContain("\"odd\"");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("oversizedBodies")
  void aBodyAboveTheLimitIsRefused(String name, BodyPublisher body) {
    var answer = server.admin().send("POST", RUNS, "application/json", body);

    assertProblem(answer, 413, "body_too_large");
  }

  static Stream<Arguments> oversizedBodies() {
    byte[] body =
        ("{\"name\": \"" + "x".repeat(FIVE_MEGABYTES) + "\"}").getBytes(StandardCharsets.UTF_8);
    return Stream.of(
        arguments("announced by its length", BodyPublishers.ofByteArray(body)),
        arguments(
            "chunked transfer encoding",
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=x"
      })
  void anotherContentTypeIsRefused(String type) {
    var answer = server.admin().send("POST", RUNS, type, BodyPublishers.ofString(aRun().json()));

    assertProblem(answer, 415, "unsupported_media_type");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/nothing, 404, not_found",
    "GET, /api/v2/runs, 404, not_found",
    "PUT, /api/v1/runs, 405, method_not_allowed",
    "DELETE, /api/v1/workloads, 405, method_not_allowed",
    "GET, /api/v1/runs/0199a3c0-0000-7000-8000-000000000000, 404, not_found",
    "GET, /api/v1/runs/0199a3c0-0000-7000-8000-000000000000/cells, 404, not_found",
    "POST, /api/v1/runs/0199a3c0-0000-7000-8000-000000000000/cancellation, 404, not_found",
    "GET, /api/v1/cells/0199a3c0-0000-7000-8000-000000000000, 404, not_found",
    "GET, /api/v1/cells/0199a3c0-0000-7000-8000-000000000000/samples, 404, not_found",
    "GET, /api/v1/runs/seventeen, 422, invalid_request",
    "GET, /api/v1/cells/seventeen, 422, invalid_request",
    "GET, /api/v1/runs?limit=0, 422, invalid_request",
    "GET, /api/v1/runs?limit=501, 422, invalid_request",
    "GET, /api/v1/runs?limit=many, 422, invalid_request",
    "GET, /api/v1/runs?=x, 422, invalid_request",
    "GET, /api/v1/cells/%3B, 404, not_found",
    "GET, /api/v1/hosts/a%2Fb, 404, not_found",
    "GET, /api/v1/runs?cursor=%21%21, 422, invalid_request",
    "GET, /api/v1/runs?cursor=c2V2ZW50ZWVu, 422, invalid_request",
    "GET, /api/v1/comparisons, 400, bad_request",
    "GET, /api/v1/comparisons?run=seventeen, 422, invalid_request",
    "GET, /api/v1/comparisons?run=0199a3c0-0000-7000-8000-000000000000, 404, not_found"
  })
  void anAddressThatLeadsNowhereIsAProblemToo(String method, String path, int status, String code) {
    var answer = server.admin().send(method, path, "application/json", BodyPublishers.noBody());

    assertProblem(answer, status, code);
  }

  @Test
  void anotherLanguageThanJsonIsNotSpoken() {
    assertThat(server.admin().accepting("application/xml").get(RUNS).status()).isEqualTo(406);
    assertProblem(
        server.admin().accepting("text/html").get("/api/v1/runs/seventeen"),
        422,
        "invalid_request");
  }

  @Test
  void aRefusalSaysNothingOfTheProgramInside() {
    var id = UUID.randomUUID();
    var paths =
        List.of("/api/v1/runs/x", "/api/v1/runs?limit=many", "/api/v1/nothing", RUNS + "/" + id);

    assertThat(paths).allSatisfy(path -> assertInWordsOfTheApi(server.admin().get(path)));
  }

  private static void assertProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    var problem = answer.json();
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("code").asString()).isEqualTo(code);
    assertThat(problem.path("type").asString())
        .isEqualTo("urn:lanes:problem:" + code.replace('_', '-'));
    assertThat(problem.path("title").asString()).isNotBlank();
    assertThat(problem.path("detail").asString()).isNotBlank();
    assertInWordsOfTheApi(answer);
  }

  private static void assertInWordsOfTheApi(Answer answer) {
    assertThat(answer.json().path("detail").asString() + answer.json().path("errors"))
        .doesNotContainPattern("(?i)dev\\.lanes|java\\.|jackson|springframework|exception|`")
        .doesNotContainPattern("\\b(Integer|LinkedHashMap|ArrayList|RunRequest|JsonToken)\\b")
        .doesNotContainPattern("\\ba (int|long)\\b");
  }
}
