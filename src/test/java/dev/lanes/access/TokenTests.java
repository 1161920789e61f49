package dev.lanes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.web.Caller;
import dev.lanes.web.Caller.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.JsonNode;

@OnTestServer
class TokenTests {

  private static final String TOKENS = "/api/v1/tokens";
  private static final String SYNC = "/api/v1/worker/sync";
  private static final String IDLE = "{\"agent\": \"a\", \"state\": \"idle\"}";

  @Autowired private TestServer server;
  @Autowired private Tokens tokens;
  @Autowired private PlatformTransactionManager transactions;

  @TempDir private Path home;

  @BeforeEach
  void empty() {
    server.clear();
  }

  @Test
  void anIssuedTokenIsShownOnceAndNeverAgain() {
    var issued = issue("{\"name\": \"nightly build\", \"role\": \"submitter\"}");

    assertThat(issued.header("Cache-Control")).contains("no-store");
    String id = issued.json().path("id").asString();
    assertThat(issued.header("Location")).isEqualTo(TOKENS + "/" + id);
    String token = issued.json().path("token").asString();
    assertThat(token).matches("lanes_u[0-9A-Za-z]{36}");
    assertThat(server.caller(token).get("/api/v1/session").json().path("role").asString())
        .isEqualTo("submitter");
    var listed = server.admin().get(TOKENS);
    assertThat(listed.body()).doesNotContain(token, "sha256", "digest");
    assertThat(listed.json().path("next").isNull()).isTrue();
    JsonNode row = listed.json().path("items").path(0);
    assertThat(row.propertyNames())
        .containsExactlyInAnyOrder(
            "id", "name", "role", "host", "created_at", "expires_at", "last_used_at", "revoked_at");
    assertThat(row.path("id").asString()).isEqualTo(id);
    assertThat(row.path("name").asString()).isEqualTo("nightly build");
    assertThat(row.path("expires_at").isNull()).isTrue();
  }

  @Test
  void aWorkersTokenSpeaksForItsHostOnly() {
    var issued = issue("{\"name\": \"w\", \"role\": \"worker\", \"host\": \"h-1\"}").json();

    var worker = server.caller(issued.path("token").asString());

    assertThat(issued.path("token").asString()).startsWith("lanes_w");
    assertThat(issued.path("host").asString()).isEqualTo("h-1");
    assertThat(worker.post(SYNC, IDLE).status()).isEqualTo(200);
    assertThat(worker.get(TOKENS).status()).isEqualTo(403);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        arguments("/name", "{\"role\": \"viewer\"}"),
        arguments("/name", "{\"name\": \" \", \"role\": \"viewer\"}"),
        arguments("/name", "{\"name\": \"" + "x".repeat(101) + "\", \"role\": \"viewer\"}"),
        arguments("/name", "{\"name\": \"a\\u0000b\", \"role\": \"viewer\"}"),
        arguments("/role", "{\"name\": \"a\"}"),
        arguments("/role", "{\"name\": \"a\", \"role\": \"owner\"}"),
        arguments("/host", "{\"name\": \"a\", \"role\": \"worker\"}"),
        arguments("/host", "{\"name\": \"a\", \"role\": \"worker\", \"host\": \"a b\"}"),
        arguments("/host", "{\"name\": \"a\", \"role\": \"worker\", \"host\": \"a\\u0000\"}"),
        arguments("/host", "{\"name\": \"a\", \"role\": \"viewer\", \"host\": \"w1\"}"),
        arguments("/expires_in_days", body("0")),
        arguments("/expires_in_days", body("3651")),
        arguments("/expires_in_days", body("\"soon\"")),
        arguments("/days", "{\"name\": \"a\", \"role\": \"viewer\", \"days\": 3}"));
  }

  private static String body(String days) {
    return "{\"name\": \"a\", \"role\": \"viewer\", \"expires_in_days\": %s}".formatted(days);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("faults")
  void aFaultIsPointedAtAndNoTokenIsMade(String pointer, String body) {
    int before = server.admin().get(TOKENS).json().path("items").size();

    var answer = server.admin().post(TOKENS, body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(answer.json().path("code").asString()).isEqualTo("invalid_request");
    assertThat(answer.json().path("errors").path(0).path("pointer").asString()).isEqualTo(pointer);
    assertThat(server.admin().get(TOKENS).json().path("items")).hasSize(before);
  }

  @Test
  void anExpiredTokenIsRefusedAndToldSo() {
    var issued = issue(body("2")).json();
    var holder = server.caller(issued.path("token").asString());
    assertThat(
            Duration.between(
                Instant.parse(issued.path("created_at").asString()),
                Instant.parse(issued.path("expires_at").asString())))
        .isCloseTo(Duration.ofDays(2), Duration.ofSeconds(10));
    assertThat(holder.get("/api/v1/runs").status()).isEqualTo(200);

    server
        .jdbc()
        .sql(
            """
            UPDATE token
            SET created_at = created_at - interval '2 days',
                expires_at = expires_at - interval '2 days'
            WHERE id = :id
            """)
        .param("id", id(issued))
        .update();

    assertRefused(holder.get("/api/v1/runs"), "token_expired", "expired at");
  }

  @Test
  void aRevokedTokenIsRefusedAtOnceAndToldSo() {
    var issued = issue("{\"name\": \"a\", \"role\": \"viewer\"}");
    var holder = server.caller(issued.json().path("token").asString());
    assertThat(holder.get("/api/v1/runs").status()).isEqualTo(200);

    assertThat(delete(server.admin(), issued.header("Location")).status()).isEqualTo(204);

    assertRefused(holder.get("/api/v1/runs"), "token_revoked", "revoked at");
    String at = revokedAt(id(issued.json()));
    assertThat(delete(server.admin(), issued.header("Location")).status()).isEqualTo(204);
    assertThat(revokedAt(id(issued.json()))).isEqualTo(at).isNotNull();
  }

  @Test
  void aWorkersRevokedTokenIsRefusedLikewise() {
    String token = server.tokens().ofWorker("w1");
    var worker = server.caller(token);
    assertThat(worker.post(SYNC, IDLE).status()).isEqualTo(200);

    server.jdbc().sql("UPDATE token SET revoked_at = now() WHERE host_name = 'w1'").update();

    assertRefused(worker.post(SYNC, IDLE), "token_revoked", "revoked at");
  }

  @Test
  void whatDoesNotExistCannotBeRevoked() {
    assertThat(delete(server.admin(), TOKENS + "/" + UUID.randomUUID()).status()).isEqualTo(404);
    assertThat(delete(server.admin(), TOKENS + "/seventeen").status()).isEqualTo(422);
  }

  @Test
  void theLastAdministratorCannotBeRevoked() {
    UUID last = onlyLocalAdministrator();
    issue("{\"name\": \"a\", \"role\": \"submitter\"}");
    var expired = issue("{\"name\": \"a\", \"role\": \"admin\", \"expires_in_days\": 1}").json();
    server
        .jdbc()
        .sql(
            """
            UPDATE token
            SET created_at = created_at - interval '2 days', expires_at = now()
            WHERE id = :id
            """)
        .param("id", id(expired))
        .update();

    var refused = delete(server.admin(), TOKENS + "/" + last);

    assertThat(refused.status()).as(refused.body()).isEqualTo(409);
    assertThat(refused.json().path("code").asString()).isEqualTo("last_admin");
    assertThat(refused.json().path("detail").asString()).contains("issue another");
    assertThat(server.admin().get(TOKENS).status()).isEqualTo(200);
  }

  @Test
  void anotherAdministratorMakesRoom() {
    onlyLocalAdministrator();
    var second = issue("{\"name\": \"second\", \"role\": \"admin\"}");
    var holder = server.caller(second.json().path("token").asString());

    assertThat(delete(holder, second.header("Location")).status()).isEqualTo(204);
    assertThat(delete(server.admin(), second.header("Location")).status()).isEqualTo(204);
  }

  @Test
  void ofTwoAdministratorsWhoRevokeEachOtherOneStays() throws Exception {
    var first = administrator("first");
    var second = administrator("second");
    // That they were used is noted already, so that each call waits where it revokes.
    server
        .jdbc()
        .sql("UPDATE token SET last_used_at = now() + interval '1 hour' WHERE id IN (:both)")
        .param("both", List.of(first.id(), second.id()))
        .update();
    server
        .jdbc()
        .sql("UPDATE token SET revoked_at = now() WHERE role = 'admin' AND id NOT IN (:both)")
        .param("both", List.of(first.id(), second.id()))
        .update();

    List<Answer> answers;
    try {
      answers =
          AtOnce.held(
              server.jdbc(),
              transactions,
              "SELECT id FROM token WHERE role = 'admin' FOR UPDATE",
              () -> delete(first.caller(), TOKENS + "/" + second.id()),
              () -> delete(second.caller(), TOKENS + "/" + first.id()));
    } finally {
      server.jdbc().sql("UPDATE token SET revoked_at = NULL WHERE name = 'local admin'").update();
    }

    assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(204, 409);
  }

  @Test
  void aUseIsNotedToTheMinuteAndNotAtEveryCall() {
    var issued = issue("{\"name\": \"a\", \"role\": \"viewer\"}").json();
    var holder = server.caller(issued.path("token").asString());
    assertThat(lastUsed(issued)).isNull();

    holder.get("/api/v1/runs");

    Instant noted = Instant.parse(lastUsed(issued));
    assertThat(noted.getEpochSecond() % 60).isZero();
    assertThat(noted).isBetween(Instant.now().minusSeconds(120), Instant.now());
    server
        .jdbc()
        .sql("UPDATE token SET last_used_at = last_used_at + interval '10 minutes' WHERE id = :id")
        .param("id", id(issued))
        .update();
    String version = version(issued);
    holder.get("/api/v1/runs");
    assertThat(version(issued)).as("nothing was written").isEqualTo(version);
  }

  @Test
  void aRevokedTokenInAFileOfThisMachineIsReplacedAtTheNextStart() throws Exception {
    var local = new LocalTokens(new AccessProperties(false, true, home, null, "h-2"), tokens);
    local.afterPropertiesSet();
    String first = Files.readString(home.resolve("worker-token"));
    local.afterPropertiesSet();
    assertThat(Files.readString(home.resolve("worker-token"))).isEqualTo(first);
    server.jdbc().sql("UPDATE token SET revoked_at = now() WHERE host_name = 'h-2'").update();

    local.afterPropertiesSet();

    String second = Files.readString(home.resolve("worker-token"));
    assertThat(second).isNotEqualTo(first);
    assertThat(server.caller(second.strip()).post(SYNC, IDLE).status()).isEqualTo(200);
  }

  private record Administrator(UUID id, Caller caller) {}

  private Administrator administrator(String name) {
    var issued = issue("{\"name\": \"%s\", \"role\": \"admin\"}".formatted(name)).json();
    return new Administrator(id(issued), server.caller(issued.path("token").asString()));
  }

  private UUID onlyLocalAdministrator() {
    server
        .jdbc()
        .sql(
            """
            UPDATE token SET revoked_at = now()
            WHERE role = 'admin' AND sha256 <> sha256(convert_to(:local, 'UTF8'))
            """)
        .param("local", server.tokens().local())
        .update();
    return server
        .jdbc()
        .sql("SELECT id FROM token WHERE role = 'admin' AND revoked_at IS NULL")
        .query(UUID.class)
        .single();
  }

  private Answer issue(String body) {
    var answer = server.admin().post(TOKENS, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer;
  }

  private static Answer delete(Caller caller, String path) {
    return caller.send(
        "DELETE", path, "application/json", java.net.http.HttpRequest.BodyPublishers.noBody());
  }

  private static void assertRefused(Answer answer, String code, String detail) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(401);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().path("code").asString()).isEqualTo(code);
    assertThat(answer.json().path("detail").asString()).contains(detail, "another");
  }

  private static UUID id(JsonNode issued) {
    return UUID.fromString(issued.path("id").asString());
  }

  private String lastUsed(JsonNode issued) {
    JsonNode noted = listed(id(issued)).path("last_used_at");
    return noted.isNull() ? null : noted.asString();
  }

  private String revokedAt(UUID id) {
    return listed(id).path("revoked_at").asString();
  }

  private JsonNode listed(UUID id) {
    return server
        .admin()
        .get(TOKENS)
        .json()
        .path("items")
        .valueStream()
        .filter(token -> token.path("id").asString().equals(id.toString()))
        .findFirst()
        .orElseThrow();
  }

  private String version(JsonNode issued) {
    return server
        .jdbc()
        .sql("SELECT xmin::text FROM token WHERE id = :id")
        .param("id", id(issued))
        .query(String.class)
        .single();
  }
}
