package dev.lanes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.protocol.StandingSecret;
import dev.lanes.web.Caller.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnTestServer
class StandingEnrolmentTests {

  private static final String ENROL = "/api/v1/worker/enrolment";
  private static final String SYNC = "/api/v1/worker/sync";
  private static final String IDLE = "{\"agent\": \"a\", \"state\": \"idle\"}";
  private static final StandingSecret SECRET =
      StandingSecret.in(Path.of("src/test/resources/enrolment-secret"));

  @Autowired private TestServer server;
  @Autowired private JdbcClient jdbc;
  @Autowired private EnrolmentRepository enrolments;
  @TempDir private Path folder;

  @BeforeEach
  void empty() {
    server.clear();
  }

  @Test
  void aWorkerEnrolsForTheHostThatItNamesAndCanDoNothingElse() {
    var enrolled = enrol(SECRET.token("pod-1"));

    assertThat(enrolled.status()).as(enrolled.body()).isEqualTo(201);
    assertThat(enrolled.json().path("host").asString()).isEqualTo("pod-1");
    String token = enrolled.json().path("token").asString();
    assertThat(server.caller(token).post(SYNC, IDLE).status()).isEqualTo(200);
    assertThat(server.caller(token).post("/api/v1/runs", "{}").status()).isEqualTo(403);
    var direct = server.caller(SECRET.token("pod-1"));
    assertThat(direct.post(SYNC, IDLE).status()).isEqualTo(403);
    assertThat(direct.post("/api/v1/runs", "{}").status()).isEqualTo(403);
    assertThat(direct.get("/api/v1/tokens").status()).isEqualTo(403);
    assertThat(direct.get("/api/v1/audit").status()).isEqualTo(403);
  }

  @Test
  void theNextOneOfTheSameHostEndsTheTokenOfTheFirst() {
    String first = enrol(SECRET.token("pod-1")).json().path("token").asString();
    String other = enrol(SECRET.token("pod-2")).json().path("token").asString();
    String second = enrol(SECRET.token("pod-1")).json().path("token").asString();

    assertThat(server.caller(first).post(SYNC, IDLE).status()).isEqualTo(401);
    assertThat(server.caller(second).post(SYNC, IDLE).status()).isEqualTo(200);
    assertThat(server.caller(other).post(SYNC, IDLE).status()).isEqualTo(200);
  }

  @Test
  void theAuditTellsOfIt() {
    enrol(SECRET.token("pod-audited"));

    var entries = server.admin().get("/api/v1/audit?limit=5").json().path("items");

    assertThat(entries)
        .anySatisfy(entry -> {
          assertThat(entry.path("action").asString()).isEqualTo("enrolment_used");
          assertThat(entry.path("detail").path("host").asString()).isEqualTo("pod-audited");
          assertThat(entry.path("detail").path("standing").asBoolean()).isTrue();
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lanes_s~pod-1~wrong-secret-of-the-test-server-0123456789",
        "lanes_s~pod-1~",
        "lanes_s~pod-1",
        "lanes_s~~standing-secret-of-the-test-server-0123456789",
        "lanes_s~-pod~standing-secret-of-the-test-server-0123456789",
        "lanes_s~standing-secret-of-the-test-server-0123456789",
        "standing-secret-of-the-test-server-0123456789"
      })
  void anythingElseIsRefused(String token) {
    var answer = enrol(token);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.json().path("code").asString()).isEqualTo("not_signed_in");
  }

  @Test
  void withoutTheSettingNobodyEnrolsSo() {
    var introspection =
        new Introspection(
            jdbc,
            enrolments,
            new AccessProperties(false, false, folder, null, "local"),
            Clock.systemUTC());

    assertThatThrownBy(() -> introspection.introspect(SECRET.token("pod-1")))
        .isInstanceOf(TokenRefused.class);
  }

  @Test
  void aShortSecretIsRefusedAtTheStart() throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), "a".repeat(31) + "\n");
    var properties = new AccessProperties(false, false, folder, file, "local");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Introspection(jdbc, enrolments, properties, Clock.systemUTC()))
        .withMessageContaining("31 characters")
        .withMessageContaining("openssl rand -hex 32");
  }

  @Test
  void theSecretIsInNoText() {
    assertThat(SECRET.toString()).doesNotContain(SECRET.secret());
  }

  private Answer enrol(String token) {
    return server.caller(token).post(ENROL, "");
  }
}
