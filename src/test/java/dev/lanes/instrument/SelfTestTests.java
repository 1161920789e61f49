package dev.lanes.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.access.Role;
import dev.lanes.web.Caller.Answer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@OnTestServer
class SelfTestTests {

  private static final String SELF_TESTS = "/api/v1/instrument/self-tests";

  private static final String REPORT =
      """
      {"name": "equal-arms", "host": "w1", "version": "0.1.0 3f2a",
       "parameters": {"trials": 200}, "figures": {"share": 0.045, "ci": [0.02, null]},
       "gates": [{"name": "share", "asked": "at most 7.2 %", "found": "4.5 %", "holds": true}],
       "started_at": "2026-01-31T12:00:00Z", "seconds": 312.5}\
      """;

  @Autowired private TestServer server;

  @BeforeEach
  void noReports() {
    server.clear();
  }

  @Test
  void aReportIsKeptAsItWasSent() {
    var answer = report(REPORT);

    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    var told = server.admin().get(answer.header("Location")).json();
    assertThat(told).isEqualTo(answer.json());
    assertThat(answer.header("Location")).isEqualTo(SELF_TESTS + "/" + told.path("id").asString());
    assertThat(told.path("passed").asBoolean()).isTrue();
    assertThat(told.path("parameters").path("trials").asInt()).isEqualTo(200);
    assertThat(told.path("figures").path("ci").toString()).isEqualTo("[0.02,null]");
    assertThat(told.path("gates").path(0).path("found").asString()).isEqualTo("4.5 %");
    assertThat(told.path("started_at").asString()).isEqualTo("2026-01-31T12:00:00Z");
    assertThat(told.path("seconds").asDouble()).isEqualTo(312.5);
  }

  @Test
  void aReportPassesOnlyWhenEveryGateHolds() {
    String gates =
        "{\"name\": \"power\", \"asked\": \"90 %\", \"found\": \"70 %\", \"holds\": false}";

    var told = report(REPORT.replace("\"gates\": [", "\"gates\": [" + gates + ", ")).json();

    assertThat(told.path("gates")).hasSize(2);
    assertThat(told.path("passed").asBoolean()).isFalse();
  }

  @Test
  void theInstrumentTellsTheLatestOfEachNameAndHost() {
    report(REPORT.replace("312.5", "1"));
    report(REPORT.replace("312.5", "2"));
    report(REPORT.replace("312.5", "3").replace("w1", "w2"));
    report(REPORT.replace("312.5", "4").replace("equal-arms", "harness-cost"));

    var latest = server.admin().get("/api/v1/instrument").json().path("self_tests");

    assertThat(latest.valueStream().map(SelfTestTests::seconds)).containsExactly(2.0, 3.0, 4.0);
  }

  @Test
  void theHistoryBeginsWithTheNewest() {
    for (int i = 1; i <= 5; i++) {
      report(REPORT.replace("312.5", String.valueOf(i)));
    }
    report(REPORT.replace("equal-arms", "harness-cost"));

    var first = server.admin().get(SELF_TESTS + "?name=equal-arms&limit=3").json();
    String next = first.path("next").asString();
    var rest = server.admin().get(SELF_TESTS + "?name=equal-arms&limit=3&cursor=" + next).json();

    assertThat(first.path("items").valueStream().map(SelfTestTests::seconds))
        .containsExactly(5.0, 4.0, 3.0);
    assertThat(rest.path("items").valueStream().map(SelfTestTests::seconds))
        .containsExactly(2.0, 1.0);
    assertThat(rest.path("next").isNull()).isTrue();
    assertThat(server.admin().get(SELF_TESTS).json().path("items")).hasSize(6);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        arguments("/name", REPORT.replace("equal-arms", "Equal arms")),
        arguments("/name", REPORT.replace("equal-arms", "e".repeat(64))),
        arguments("/name", REPORT.replace("\"equal-arms\"", "null")),
        arguments("/host", REPORT.replace("w1", " ")),
        arguments("/version", REPORT.replace("0.1.0", "x".repeat(500))),
        arguments("/version", REPORT.replace("0.1.0", "\\u0000")),
        arguments("/parameters", REPORT.replace("{\"trials\": 200}", "null")),
        arguments("/figures", REPORT.replace("\"share\": 0", "\"a\\u0000\": 0")),
        arguments("/gates", REPORT.replaceFirst("(?s)\\[\\{.*?}]", "[]")),
        arguments("/gates/0/holds", REPORT.replace("\"holds\": true", "\"holds\": null")),
        arguments("/gates/0/found", REPORT.replace("\"found\": \"4.5 %\"", "\"found\": \"\"")),
        arguments("/gates/0", REPORT.replace("\"holds\": true", "\"hold\": true")),
        arguments("/started_at", REPORT.replace("\"2026-01-31T12:00:00Z\"", "null")),
        arguments("/started_at", REPORT.replace("2026-01-31T12:00:00Z", "yesterday")),
        arguments("/seconds", REPORT.replace("312.5", "-1")),
        arguments("/seconds", REPORT.replace("312.5", "\"NaN\"")),
        arguments("/passed", REPORT.replace("\"seconds\"", "\"passed\": true, \"seconds\"")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void aFaultOfAReportIsPointedAtAndNothingIsKept(String pointer, String report) {
    var answer = report(report);

    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().path("code").asString()).isEqualTo("invalid_request");
    assertThat(answer.json().path("errors").path(0).path("pointer").asString()).startsWith(pointer);
    assertThat(server.admin().get(SELF_TESTS).json().path("items")).isEmpty();
  }

  @Test
  void reportingIsForSubmittersAndReadingForAll() {
    var viewer = server.caller(server.tokens().of(Role.VIEWER));
    var submitter = server.caller(server.tokens().of(Role.SUBMITTER));

    assertThat(server.caller(null).post(SELF_TESTS, REPORT).status()).isEqualTo(401);
    assertThat(viewer.post(SELF_TESTS, REPORT).status()).isEqualTo(403);
    assertThat(submitter.post(SELF_TESTS, REPORT).status()).isEqualTo(201);
    assertThat(server.caller(null).get(SELF_TESTS).json().path("items")).hasSize(1);
  }

  @Test
  void whatDoesNotExistIsNotFound() {
    var answer = server.admin().get(SELF_TESTS + "/01a2088a-d6f4-74c8-b9b6-6b302b3f7e3e");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(server.admin().get(SELF_TESTS + "?cursor=x").status()).isEqualTo(422);
    assertThat(server.admin().get(SELF_TESTS + "?limit=0").status()).isEqualTo(422);
  }

  private Answer report(String report) {
    return server.admin().post(SELF_TESTS, report);
  }

  private static double seconds(JsonNode report) {
    return report.path("seconds").asDouble();
  }
}
