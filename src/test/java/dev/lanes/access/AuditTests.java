package dev.lanes.access;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.web.Caller.Answer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Each test begins with an empty audit, which only the table's owner can bring about. */
@OnTestServer
class AuditTests {

  private static final String AUDIT = "/api/v1/audit";
  private static final String RUNS = "/api/v1/runs";

  @Autowired private TestServer server;
  @Autowired private Tokens tokens;
  @Autowired private Audit audit;
  @Autowired private PlatformTransactionManager transactions;

  @BeforeEach
  void empty() {
    server.clear();
    server.worker("w1").report();
    asOwner("TRUNCATE audit");
  }

  @AfterEach
  void forgetWhatWasTamperedWith() {
    asOwner("TRUNCATE audit");
  }

  @Test
  void whoDidWhatIsToldFromTheNewest() {
    var issued =
        server.admin().post("/api/v1/tokens", "{\"name\": \"eve\", \"role\": \"submitter\"}");
    var eve = server.caller(issued.json().path("token").asString());
    String run = eve.post(RUNS, aRun().named("mine").json()).header("Location");
    eve.post(run + "/cancellation", "");
    revoke(issued.header("Location"));

    var entries = entries();

    assertThat(entries)
        .extracting(entry -> entry.path("action").asString())
        .containsExactly("token_revoked", "run_cancelled", "run_submitted", "token_issued");
    assertThat(entries)
        .extracting(entry -> entry.path("actor").asString() + "/" + entry.path("role").asString())
        .containsExactly(
            "local admin/admin", "eve/submitter", "eve/submitter", "local admin/admin");
    assertThat(entries)
        .extracting(entry -> entry.path("remote_address").asString())
        .containsOnly("127.0.0.1");
    assertThat(RUNS + "/" + entries.get(2).path("subject").asString()).isEqualTo(run);
    assertThat(entries.get(2).path("detail").toString())
        .isEqualTo("{\"name\":\"mine\",\"cells\":1}");
    assertThat(entries.get(3).path("subject").asString())
        .isEqualTo(issued.json().path("id").asString());
    assertThat(entries).extracting(entry -> entry.path("id").asInt()).containsExactly(4, 3, 2, 1);
  }

  @Test
  void anEnrolmentIsToldByWhomItWasMadeAndThatItWasUsed() {
    server.tokens().ofWorker("audited");
    var made = server.admin().post("/api/v1/enrolments", "{\"host\": \"audited\"}").json();
    var used = server.caller(made.path("secret").asString()).post("/api/v1/worker/enrolment", "");

    var entries = entries();

    assertThat(entries)
        .extracting(entry -> entry.path("action").asString())
        .containsExactly(
            "enrolment_used", "token_issued", "token_revoked", "enrolment_made", "token_issued");
    assertThat(entries.getFirst().path("actor").asString()).isEqualTo("enrolment of audited");
    assertThat(entries.getFirst().path("role").isNull()).isTrue();
    assertThat(entries.getFirst().path("subject")).isEqualTo(made.path("id"));
    assertThat(entries.getLast().path("actor").asString()).isEqualTo("lanes");
    assertThat(server.admin().get(AUDIT).body())
        .doesNotContain(made.path("secret").asString(), used.json().path("token").asString());
  }

  @Test
  void aReportOfABenchmarkIsToldToo() {
    var report =
        """
        {"name": "equal-arms", "host": "w1", "version": "1", "parameters": {}, "figures": {},
         "gates": [{"name": "g", "asked": "a", "found": "f", "holds": true}],
         "started_at": "2026-01-31T12:00:00Z", "seconds": 1}
        """;

    var stored = server.admin().post("/api/v1/instrument/self-tests", report).json();

    assertThat(entries()).hasSize(1);
    assertThat(entries().getFirst().path("action").asString()).isEqualTo("self_test_reported");
    assertThat(entries().getFirst().path("subject")).isEqualTo(stored.path("id"));
  }

  @Test
  void whatChangesNothingIsNotTold() {
    String key = "Idempotency-Key";
    server.admin().post(RUNS, aRun().axis("digits", 0).json());
    String run = server.admin().post(RUNS, aRun().json(), key, "audit 1").header("Location");
    server.admin().post(RUNS, aRun().json(), key, "audit 1");
    server.worker("w1").takeJob();
    asOwner("TRUNCATE audit");

    server.admin().post(run + "/cancellation", "");
    server.admin().post(run + "/cancellation", "");

    assertThat(entries())
        .extracting(entry -> entry.path("action").asString())
        .containsExactly("run_cancelled");
  }

  @Test
  void aRepeatedSubmissionIsToldOnce() {
    String key = "Idempotency-Key";
    server.admin().post(RUNS, aRun().axis("digits", 0).json());

    server.admin().post(RUNS, aRun().json(), key, "audit 2");
    server.admin().post(RUNS, aRun().json(), key, "audit 2");

    assertThat(entries())
        .extracting(entry -> entry.path("action").asString())
        .containsExactly("run_submitted");
  }

  @Test
  void whatIsUndoneIsNotTold() {
    new TransactionTemplate(transactions)
        .executeWithoutResult(transaction -> {
          tokens.issue("never was", Role.VIEWER, null, null);
          transaction.setRollbackOnly();
        });

    assertThat(entries()).isEmpty();
    assertThat(server.admin().get("/api/v1/tokens").body()).doesNotContain("never was");
    assertThatThrownBy(() -> audit.append(AuditAction.TOKEN_ISSUED, UUID.randomUUID(), Map.of()))
        .isInstanceOf(IllegalTransactionStateException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit SET actor = 'nobody'",
        "UPDATE audit SET actor = actor WHERE false",
        "DELETE FROM audit",
        "TRUNCATE audit",
        "INSERT INTO audit SELECT * FROM audit ON CONFLICT (id) DO UPDATE SET actor = 'nobody'"
      })
  void anEntryIsNeverChanged(String statement) {
    tokens.issue("a", Role.VIEWER, null, null);

    assertThatThrownBy(() -> server.jdbc().sql(statement).update())
        .hasMessageContaining("audit is append-only");

    assertThat(entries()).hasSize(1);
    assertThat(entries().getFirst().path("actor").asString()).isEqualTo("lanes");
  }

  @Test
  void anAuditThatNobodyTamperedWithIsIntact() {
    assertVerified(0, true, null);

    issue(3);

    assertVerified(3, true, null);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UPDATE audit SET actor = 'nobody' WHERE id = 3                     | 5 | 3
          UPDATE audit SET role = 'admin' WHERE id = 3                       | 5 | 3
          UPDATE audit SET action = 'run_cancelled' WHERE id = 3             | 5 | 3
          UPDATE audit SET subject = 'x' WHERE id = 3                        | 5 | 3
          UPDATE audit SET at = at + interval '1 microsecond' WHERE id = 3   | 5 | 3
          UPDATE audit SET detail = jsonb '{"name": "x"}' WHERE id = 3   | 5 | 3
          UPDATE audit SET remote_address = '10.0.0.1' WHERE id = 3          | 5 | 3
          UPDATE audit SET actor = 'nobody' WHERE id = 5                     | 5 | 5
          UPDATE audit SET actor = 'nobody' WHERE id IN (2, 4)               | 5 | 2
          DELETE FROM audit WHERE id = 3                                     | 4 | 4
          DELETE FROM audit WHERE id = 1                                     | 4 | 2
          UPDATE audit a SET actor = 'nobody', hash = audit_hash(ROW(a.id, a.at, 'nobody', a.role, a.action, a.subject, a.detail, a.remote_address, a.previous_hash, a.hash)::audit) WHERE id = 3 | 5 | 4
          """)
  void aTamperedEntryIsFound(String statement, int rows, long firstBroken) {
    issue(5);

    asOwner(statement);

    assertVerified(rows, false, firstBroken);
  }

  @Test
  void anybodyCanComputeTheDigest() throws Exception {
    var sha256 = MessageDigest.getInstance("SHA-256");
    String fields =
        "[\""
            + "ab".repeat(32)
            + "\", 7, 1769860800000001, \"eve \\\"q\\\"\", null, \"run_submitted\", \"s\","
            + " {\"name\": \"ü\"}, \"::1\"]";

    String told =
        server
            .jdbc()
            .sql(
                """
                SELECT encode(audit_hash(ROW(
                  7, timestamptz '2026-01-31 12:00:00.000001Z', 'eve "q"', NULL, 'run_submitted',
                  's', jsonb '{"name": "ü"}', '::1', decode(repeat('ab', 32), 'hex'), NULL)::audit), 'hex')
                """)
            .query(String.class)
            .single();

    assertThat(told)
        .isEqualTo(
            HexFormat.of().formatHex(sha256.digest(fields.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void theChainNeverForksHoweverManyWriteAtOnce() throws Exception {
    int writers = 8;
    var atOnce = new CyclicBarrier(writers);
    List<Future<Answer>> answers = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(writers)) {
      for (int i = 0; i < writers; i++) {
        answers.add(
            threads.submit(() -> {
              atOnce.await();
              return server.admin().post(RUNS, aRun().json());
            }));
      }
    }

    for (var answer : answers) {
      assertThat(answer.get().status()).as(answer.get().body()).isEqualTo(202);
    }
    assertVerified(writers, true, null);
  }

  @Test
  void entriesArePaged() {
    issue(5);

    var first = server.admin().get(AUDIT + "?limit=2");
    String next = first.json().path("next").asString();
    var second = server.admin().get(AUDIT + "?limit=2&cursor=" + next).json();
    var third =
        server.admin().get(AUDIT + "?limit=2&cursor=" + second.path("next").asString()).json();

    assertThat(first.header("Link")).contains("cursor=" + next, "rel=\"next\"");
    assertThat(ids(first.json())).containsExactly(5, 4);
    assertThat(ids(second)).containsExactly(3, 2);
    assertThat(ids(third)).containsExactly(1);
    assertThat(third.path("next").isNull()).isTrue();
    assertThat(server.admin().get(AUDIT + "?cursor=c2V2ZW50ZWVu").status()).isEqualTo(422);
    assertThat(server.admin().get(AUDIT + "?limit=0").status()).isEqualTo(422);
  }

  private void issue(int tokens) {
    IntStream.range(0, tokens).forEach(i -> this.tokens.issue("a" + i, Role.VIEWER, null, null));
  }

  private void assertVerified(int rows, boolean intact, Long firstBroken) {
    var told = server.admin().get(AUDIT + "/verification").json();
    assertThat(told.path("rows").asInt()).isEqualTo(rows);
    assertThat(told.path("intact").asBoolean()).isEqualTo(intact);
    assertThat(told.path("first_broken").isNull() ? null : told.path("first_broken").asLong())
        .isEqualTo(firstBroken);
  }

  private List<JsonNode> entries() {
    return server.admin().get(AUDIT).json().path("items").valueStream().toList();
  }

  private static List<Integer> ids(JsonNode page) {
    return page.path("items").valueStream().map(entry -> entry.path("id").asInt()).toList();
  }

  private void revoke(String address) {
    server
        .admin()
        .send(
            "DELETE",
            address,
            "application/json",
            java.net.http.HttpRequest.BodyPublishers.noBody());
  }

  /** What no program of ours does: the owner of a table can switch its triggers off. */
  private void asOwner(String statement) {
    new TransactionTemplate(transactions)
        .executeWithoutResult(_ -> {
          server.jdbc().sql("ALTER TABLE audit DISABLE TRIGGER audit_append_only").update();
          server.jdbc().sql(statement).update();
          server.jdbc().sql("ALTER TABLE audit ENABLE TRIGGER audit_append_only").update();
        });
  }
}
