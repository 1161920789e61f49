package dev.lanes.notify;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.host.Hosts;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.Lease;
import dev.lanes.run.Cells;
import dev.lanes.run.Queue;
import dev.lanes.web.Caller.Answer;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@OnTestServer
class WebhookTests {

  private static final String WEBHOOKS = "/api/v1/webhooks";

  @Autowired private TestServer server;
  @Autowired private JdbcClient jdbc;
  @Autowired private Hosts hosts;
  @Autowired private PlatformTransactionManager transactions;
  private final HandDrivenClock clock = new HandDrivenClock();
  private Receiver receiver;
  private Deliverer deliverer;

  /** Stands still until it is moved. */
  private static final class HandDrivenClock extends Clock {
    private Instant now = Instant.now();

    void move(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneId.of("UTC");
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeEach
  void aReceiver() throws Exception {
    server.clear();
    receiver = new Receiver();
    deliverer = new Deliverer(jdbc, properties(true), clock);
    clock.move(Duration.ofSeconds(30)); // what is due now by the server is due by this clock
  }

  @AfterEach
  void end() throws Exception {
    deliverer.close();
    receiver.close();
  }

  private static NotifyProperties properties(boolean allowPrivate) {
    return new NotifyProperties(allowPrivate, Duration.ofSeconds(1), Duration.ofDays(30));
  }

  @Test
  void theEndOfARunIsToldAndSigned() throws Exception {
    JsonNode made = make("run.ended");
    String run = completed();

    deliverer.deliver();

    var told = receiver.received.getFirst();
    var body = JsonMapper.shared().readTree(told.body());
    assertThat(body.path("type").asString()).isEqualTo("run.ended");
    assertThat(body.path("data").path("state").asString()).isEqualTo("completed");
    assertThat(body.path("data").path("api").asString()).isEqualTo(run);
    assertThat(body.path("data").path("labels").path("commit").asString()).isEqualTo("abc");
    String id = told.headers().get("webhook-id");
    assertThat(body.path("id").asString()).isEqualTo(id);
    byte[] secret =
        Base64.getDecoder().decode(made.path("secret").asString().substring("whsec_".length()));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    String signed = id + "." + told.headers().get("webhook-timestamp") + "." + told.body();
    assertThat(told.headers().get("webhook-signature"))
        .isEqualTo(
            "v1,"
                + Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
    assertThat(log(made).path(0).path("state").asString()).isEqualTo("delivered");
    assertThat(log(made).path(0).path("status").asInt()).isEqualTo(204);
  }

  @Test
  void aCancelledRunIsToldOnce() {
    make("run.ended");
    String run = new Queue(withHost()).submit(aRun());
    server.admin().post(run + "/cancellation", "");
    server.admin().post(run + "/cancellation", "");

    deliverer.deliver();
    deliverer.deliver();

    assertThat(receiver.received).hasSize(1);
    assertThat(receiver.received.getFirst().body()).contains("\"cancelled\"");
  }

  @Test
  void whatNobodyAskedForIsNotTold() {
    make("host.quarantined");
    completed();

    deliverer.deliver();

    assertThat(receiver.received).isEmpty();
  }

  @Test
  void nothingIsToldWhilePaused() {
    JsonNode made = make("run.ended");
    change(made, Map.of("url", receiver.url(), "events", List.of("run.ended"), "paused", true));
    completed();
    deliverer.deliver();

    assertThat(receiver.received).isEmpty();
  }

  @Test
  void aReceiverThatFailsIsTriedAgainAfterLongerAndLongerPauses() {
    JsonNode made = make("run.ended");
    completed();
    receiver.answer = Receiver.status(503);
    deliverer.deliver();
    deliverer.deliver();
    assertThat(receiver.received).as("not before the pause").hasSize(1);
    assertThat(log(made).path(0).path("failure").asString()).isEqualTo("the receiver answered 503");

    clock.move(Deliverer.PAUSES.get(0));
    deliverer.deliver();
    clock.move(Deliverer.PAUSES.get(0));
    deliverer.deliver();
    assertThat(receiver.received).as("the second pause is longer").hasSize(2);

    receiver.answer = Receiver.status(200);
    clock.move(Deliverer.PAUSES.get(1));
    deliverer.deliver();
    clock.move(Duration.ofDays(2));
    deliverer.deliver();

    assertThat(receiver.received).hasSize(3);
    assertThat(receiver.received)
        .extracting(one -> one.headers().get("webhook-id"))
        .as("one event")
        .containsOnly(receiver.received.getFirst().headers().get("webhook-id"));
    assertThat(log(made).path(0).path("state").asString()).isEqualTo("delivered");
    assertThat(log(made).path(0).path("tries").asInt()).isEqualTo(3);
  }

  @Test
  void itIsGivenUpAfterNineTriesAndCanBeSentOnceMore() {
    JsonNode made = make("run.ended");
    completed();
    receiver.answer = Receiver.status(500);
    for (int i = 0; i < 12; i++) {
      deliverer.deliver();
      clock.move(Duration.ofDays(1));
    }
    assertThat(receiver.received).hasSize(9);
    assertThat(log(made).path(0).path("state").asString()).isEqualTo("given_up");

    receiver.answer = Receiver.status(200);
    String delivery = log(made).path(0).path("id").asString();
    var again =
        server.admin().post("%s/deliveries/%s/redeliveries".formatted(address(made), delivery), "");
    deliverer.deliver();

    assertThat(again.status()).isEqualTo(HttpStatus.ACCEPTED.value());
    assertThat(receiver.received).hasSize(10);
    assertThat(log(made).path(0).path("state").asString()).isEqualTo("delivered");
  }

  @Test
  void whereAReceiverSendsOneOnToIsNotCalled() throws Exception {
    try (Receiver other = new Receiver()) {
      JsonNode made = make("run.ended");
      receiver.answer =
          call -> {
            call.getResponseHeaders().set("Location", other.url());
            call.sendResponseHeaders(307, -1);
          };
      completed();
      deliverer.deliver();

      assertThat(receiver.received).hasSize(1);
      assertThat(other.received).isEmpty();
      assertThat(log(made).path(0).path("status").asInt()).isEqualTo(307);
    }
  }

  @Test
  void aReceiverThatNeverEndsItsAnswerHoldsNobodyUp() {
    JsonNode made = make("run.ended");
    receiver.answer =
        call -> {
          call.sendResponseHeaders(200, 0);
          byte[] much = new byte[65_536];
          while (true) {
            call.getResponseBody().write(much);
          }
        };
    completed();
    deliverer.deliver();

    assertThat(log(made).path(0).path("status").asInt()).isEqualTo(200);
    assertThat(log(made).path(0).path("state").asString()).isEqualTo("delivered");
  }

  @Test
  void aReceiverThatDoesNotAnswerIsGivenUpForThisTime() {
    JsonNode made = make("run.ended");
    var never = new CountDownLatch(1);
    receiver.answer =
        call -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    completed();
    deliverer.deliver();
    never.countDown();

    assertThat(log(made).path(0).path("state").asString()).isEqualTo("waiting");
    assertThat(log(made).path(0).path("status").isNull()).isTrue();
    assertThat(log(made).path(0).path("failure").asString()).isNotBlank();
  }

  @Test
  void ofTwoServersOneSendsEachDelivery() throws Exception {
    make("run.ended");
    for (int i = 0; i < 5; i++) {
      completed();
    }
    try (Deliverer second = new Deliverer(jdbc, properties(true), clock);
        var both = Executors.newFixedThreadPool(2)) {
      var one = both.submit(deliverer::deliver);
      var other = both.submit(second::deliver);
      one.get();
      other.get();
    }

    List<String> events = new ArrayList<>();
    receiver.received.forEach(told -> events.add(told.headers().get("webhook-id")));
    assertThat(events).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void whatAnotherServerIsAboutToClaimIsPassed() {
    make("run.ended");
    completed();
    try (var server = Executors.newSingleThreadExecutor()) {
      new TransactionTemplate(transactions)
          .executeWithoutResult(_ -> {
            jdbc.sql("SELECT id FROM delivery FOR UPDATE").query(UUID.class).list();
            assertThat(server.submit(deliverer::deliver))
                .as("it does not wait for the other's transaction")
                .succeedsWithin(Duration.ofSeconds(10));
            assertThat(receiver.received).isEmpty();
          });
    }

    deliverer.deliver();
    assertThat(receiver.received).hasSize(1);
  }

  @Test
  void whatAServerLeftUnderWayAnotherSendsAgain() {
    JsonNode made = make("run.ended");
    completed();
    // As if a server had claimed it and died: it is neither delivered nor due.
    jdbc.sql("UPDATE delivery SET tries = 1, next_try_at = :later")
        .param("later", Timestamp.from(clock.instant().plusSeconds(6)))
        .update();
    deliverer.deliver();
    assertThat(receiver.received).isEmpty();

    clock.move(Duration.ofSeconds(7));
    deliverer.deliver();

    assertThat(receiver.received).hasSize(1);
    assertThat(log(made).path(0).path("tries").asInt()).isEqualTo(2);
  }

  @Test
  void aQuarantinedHostIsTold() {
    make("host.quarantined");
    withHost();
    UUID host = jdbc.sql("SELECT id FROM host").query(UUID.class).single();
    hosts.quarantine(host, "fell silent twice");
    hosts.quarantine(host, "once more, which changes nothing");
    deliverer.deliver();

    assertThat(receiver.received).hasSize(1);
    assertThat(receiver.received.getFirst().body()).contains("\"w1\"", "fell silent twice");
  }

  @Test
  void aPingArrivesWhateverWasAskedFor() {
    JsonNode made = make("host.quarantined");

    var ping = server.admin().post(address(made) + "/pings", "");
    deliverer.deliver();

    assertThat(ping.status()).isEqualTo(HttpStatus.ACCEPTED.value());
    assertThat(receiver.received.getFirst().body()).contains("\"ping\"");
    assertThat(log(made).path(0).path("type").asString()).isEqualTo("ping");
  }

  @Test
  void theSecretIsToldOnce() {
    JsonNode made = make("run.ended");

    assertThat(made.path("secret").asString()).startsWith("whsec_");
    assertThat(server.admin().get(address(made)).json().has("secret")).isFalse();
    assertThat(server.admin().get(WEBHOOKS).body()).doesNotContain("whsec_");
  }

  @Test
  void whoChangesAWebhookMustHaveSeenIt() {
    JsonNode made = make("run.ended");
    var body = Map.of("url", receiver.url(), "events", List.of("host.quarantined"));

    var without = server.admin().put(address(made), JsonMapper.shared().writeValueAsString(body));
    var changed = change(made, body);
    var stale = change(made, body);

    assertThat(without.status()).isEqualTo(HttpStatus.PRECONDITION_REQUIRED.value());
    assertThat(changed.status()).isEqualTo(HttpStatus.OK.value());
    assertThat(stale.status()).isEqualTo(HttpStatus.PRECONDITION_FAILED.value());
  }

  @Test
  void whatIsWrongIsToldByField() {
    assertRefused("{\"events\": [\"run.ended\"]}", "/url");
    assertRefused("{\"url\": \"ftp://example.org\", \"events\": [\"run.ended\"]}", "/url");
    assertRefused("{\"url\": \"https://u:p@example.org\", \"events\": [\"run.ended\"]}", "/url");
    assertRefused("{\"url\": \"nonsense here\", \"events\": [\"run.ended\"]}", "/url");
    assertRefused("{\"url\": \"%s\", \"events\": []}".formatted(receiver.url()), "/events");
    assertRefused(
        "{\"url\": \"%s\", \"events\": [\"change.confirmed\"]}".formatted(receiver.url()),
        "/events/0");
  }

  private void assertRefused(String body, String pointer) {
    var answer = server.admin().post(WEBHOOKS, body);
    assertThat(answer.status())
        .as(answer.body())
        .isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT.value());
    assertThat(answer.json().path("errors").path(0).path("pointer").asString()).isEqualTo(pointer);
  }

  @Test
  void aPrivateAddressIsNotCalledEvenWhenItWasStored() throws Exception {
    JsonNode made = make("run.ended");
    completed();
    try (Deliverer strict = new Deliverer(jdbc, properties(false), clock)) {
      strict.deliver();
    }

    assertThat(receiver.received).isEmpty();
    assertThat(log(made).path(0).path("failure").asString())
        .contains("not an address of the open internet");
  }

  private TestServer withHost() {
    server.worker("w1").reportWithBundled();
    return server;
  }

  private String completed() {
    Queue queue = new Queue(withHost());
    SimulatedWorker worker = server.worker("w1");
    String run = queue.submit(aRun().with("labels", Map.of("commit", "abc")));
    Lease lease = worker.takeJob();
    worker.send(lease, 0, Cells.everything(lease, 0.1));
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);
    return run;
  }

  private JsonNode make(String... events) {
    String body =
        JsonMapper.shared()
            .writeValueAsString(Map.of("url", receiver.url(), "events", List.of(events)));
    var made = server.admin().post(WEBHOOKS, body);
    assertThat(made.status()).as(made.body()).isEqualTo(HttpStatus.CREATED.value());
    return made.json();
  }

  private Answer change(JsonNode made, Map<String, ?> body) {
    return server
        .admin()
        .put(
            address(made),
            JsonMapper.shared().writeValueAsString(body),
            "If-Match",
            made.path("version").asString());
  }

  private JsonNode log(JsonNode made) {
    return server.admin().get(address(made) + "/deliveries").json().path("items");
  }

  private static String address(JsonNode made) {
    return WEBHOOKS + "/" + UUID.fromString(made.path("id").asString());
  }
}
