package dev.lanes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.web.Caller.Answer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.JsonNode;

@OnTestServer
class EnrolmentTests {

  private static final String ENROLMENTS = "/api/v1/enrolments";
  private static final String ENROL = "/api/v1/worker/enrolment";
  private static final String SYNC = "/api/v1/worker/sync";
  private static final String IDLE = "{\"agent\": \"a\", \"state\": \"idle\"}";

  @Autowired private TestServer server;
  @Autowired private PlatformTransactionManager transactions;

  @BeforeEach
  void empty() {
    server.clear();
  }

  @Test
  void aSecretIsGoodForOneTokenOfOneHostForFifteenMinutes() {
    var made = make("lab-3");
    assertThat(made.path("host").asString()).isEqualTo("lab-3");
    assertThat(made.path("secret").asString()).matches("lanes_e[0-9A-Za-z]{36}");
    assertThat(Instant.parse(made.path("expires_at").asString()))
        .isCloseTo(Instant.now().plusSeconds(900), within(10, ChronoUnit.SECONDS));

    var enrolled = enrol(made);

    assertThat(enrolled.status()).as(enrolled.body()).isEqualTo(201);
    assertThat(enrolled.json().path("host").asString()).isEqualTo("lab-3");
    String token = enrolled.json().path("token").asString();
    assertThat(token).matches("lanes_w[0-9A-Za-z]{36}");
    assertThat(server.caller(token).post(SYNC, IDLE).status()).isEqualTo(200);
    assertThat(hostOf(token)).isEqualTo("lab-3");
    assertRefused(enrol(made), "enrolment_used");
  }

  @Test
  void anExpiredSecretIsRefused() {
    var made = make("lab-3");
    server
        .jdbc()
        .sql(
            """
            UPDATE enrolment
            SET created_at = created_at - interval '15 minutes',
                expires_at = expires_at - interval '15 minutes'
            WHERE id = :id
            """)
        .param("id", UUID.fromString(made.path("id").asString()))
        .update();

    assertRefused(enrol(made), "enrolment_expired");
  }

  @Test
  void aSecretIsGoodForNothingElse() {
    var holder = server.caller(make("lab-3").path("secret").asString());

    assertThat(holder.post(SYNC, IDLE).status()).isEqualTo(403);
    assertThat(holder.post("/api/v1/runs", "{}").status()).isEqualTo(403);
    assertThat(holder.get("/api/v1/tokens").status()).isEqualTo(403);
    assertThat(holder.post(ENROLMENTS, "{\"host\": \"lab-4\"}").status()).isEqualTo(403);
  }

  @Test
  void aSecretThatNobodyMadeIsRefused() {
    var stranger = server.caller(TokenFormat.createEnrolment());

    assertRefused(stranger.post(ENROL, ""), "not_signed_in");
    assertRefused(server.caller(null).post(ENROL, ""), "not_signed_in");
  }

  @Test
  void earlierTokensOfTheHostAreRevokedAndNoOthers() {
    String earlier = server.tokens().ofWorker("lab-3");
    String other = server.tokens().ofWorker("lab-4");

    enrol(make("lab-3"));

    assertRefused(server.caller(earlier).post(SYNC, IDLE), "token_revoked");
    assertThat(server.caller(other).post(SYNC, IDLE).status()).isEqualTo(200);
  }

  @Test
  void ofTwoCallsWithOneSecretOneGetsAToken() throws Exception {
    var made = make("lab-3");

    var answers =
        AtOnce.held(
            server.jdbc(),
            transactions,
            "SELECT id FROM enrolment FOR UPDATE",
            () -> enrol(made),
            () -> enrol(made));

    assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(201, 401);
    assertThat(usable("lab-3")).isEqualTo(1);
  }

  @Test
  void ofTwoSecretsOfOneHostTheLaterTokenStays() throws Exception {
    var first = make("lab-3");
    var second = make("lab-3");

    var answers =
        AtOnce.held(
            server.jdbc(),
            transactions,
            "SELECT id FROM enrolment FOR UPDATE",
            () -> enrol(first),
            () -> enrol(second));

    assertThat(answers).extracting(Answer::status).containsOnly(201);
    assertThat(usable("lab-3")).isEqualTo(1);
  }

  @Test
  void theDatabaseHoldsNoSecretThatCouldBeUsed() {
    String secret = make("lab-3").path("secret").asString();

    var rows = server.jdbc().sql("SELECT e::text FROM enrolment e").query(String.class).list();

    assertThat(rows).isNotEmpty().noneMatch(row -> row.contains(secret));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"host\": \"\"}",
        "{\"host\": \"a b\"}",
        "{\"host\": \"-a\"}",
        "{\"hots\": 1}"
      })
  void aHostNeedsAName(String body) {
    var answer = server.admin().post(ENROLMENTS, body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(answer.json().path("errors").path(0).path("pointer").asString())
        .isIn("/host", "/hots");
  }

  private JsonNode make(String host) {
    var answer = server.admin().post(ENROLMENTS, "{\"host\": \"%s\"}".formatted(host));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.header("Cache-Control")).contains("no-store");
    return answer.json();
  }

  private Answer enrol(JsonNode made) {
    return server.caller(made.path("secret").asString()).post(ENROL, "");
  }

  private static void assertRefused(Answer answer, String code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(401);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().path("code").asString()).isEqualTo(code);
  }

  private String hostOf(String token) {
    return server
        .jdbc()
        .sql("SELECT host_name FROM token WHERE sha256 = sha256(convert_to(:token, 'UTF8'))")
        .param("token", token)
        .query(String.class)
        .single();
  }

  private int usable(String host) {
    return server
        .jdbc()
        .sql("SELECT count(*) FROM token WHERE host_name = :host AND revoked_at IS NULL")
        .param("host", host)
        .query(Integer.class)
        .single();
  }
}
