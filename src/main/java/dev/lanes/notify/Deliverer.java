package dev.lanes.notify;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Sends what is due, at least once: a server that dies between sending and noting it lets another
 * one send it again, under the same event.
 */
@Component
class Deliverer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Deliverer.class);

  /** Pauses after each try: nine tries within a day or so. */
  static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(6),
          Duration.ofHours(14));

  /** At once; more come with the next look. */
  private static final int BATCH = 50;

  private final JdbcClient jdbc;
  private final NotifyProperties properties;
  private final Clock clock;
  private final CloseableHttpClient http;

  Deliverer(JdbcClient jdbc, NotifyProperties properties, Clock clock) {
    this.jdbc = jdbc;
    this.properties = properties;
    this.clock = clock;
    Timeout timeout = Timeout.of(properties.timeout());
    this.http =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(new PublicAddresses(properties.allowPrivateAddresses()))
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(timeout)
                            .setSocketTimeout(timeout)
                            .build())
                    .setMaxConnTotal(BATCH)
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(timeout)
                    .setResponseTimeout(timeout)
                    .build())
            .setUserAgent("Lanes")
            // Where a receiver sends one on to was never checked.
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableContentCompression()
            .build();
  }

  private record Due(
      UUID id, UUID event, String type, String body, int tries, String url, byte[] secret) {}

  private record Outcome(@Nullable Integer status, @Nullable String failure) {
    boolean good() {
      return failure == null;
    }
  }

  /** Sends everything that is due, all of a batch at once, and ends when all have been tried. */
  void deliver() {
    List<Due> due = claim();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      due.forEach(one -> senders.execute(() -> note(one, send(one))));
    }
    forget();
  }

  /** Until it is noted what became of them, another server takes them for being under way. */
  private List<Due> claim() {
    Instant now = clock.instant();
    return jdbc.sql(
            """
            UPDATE delivery d
            SET tries = d.tries + 1, tried_at = :now, next_try_at = :later
            FROM webhook w
            WHERE w.id = d.webhook_id AND d.id IN (
              SELECT id FROM delivery WHERE state = 'waiting' AND next_try_at <= :now
              ORDER BY next_try_at LIMIT :batch FOR UPDATE SKIP LOCKED)
            RETURNING d.id, d.event_id, d.type, d.body, d.tries, w.url, w.secret
            """)
        .param("now", Timestamp.from(now))
        .param("later", Timestamp.from(now.plus(properties.timeout().multipliedBy(6))))
        .param("batch", BATCH)
        .query((row, _) ->
            new Due(
                row.getObject("id", UUID.class),
                row.getObject("event_id", UUID.class),
                row.getString("type"),
                row.getString("body"),
                row.getInt("tries"),
                row.getString("url"),
                row.getBytes("secret")))
        .list();
  }

  private Outcome send(Due due) {
    HttpPost post = new HttpPost(URI.create(due.url()));
    long seconds = clock.instant().getEpochSecond();
    String id = due.event().toString();
    post.setHeader("webhook-id", id);
    post.setHeader("webhook-timestamp", String.valueOf(seconds));
    post.setHeader("webhook-signature", Signature.of(due.secret(), id, seconds, due.body()));
    post.setEntity(new StringEntity(due.body(), ContentType.APPLICATION_JSON));
    // Reading each byte in time is not enough: a receiver may send one now and then for ever.
    Thread sender = Thread.currentThread();
    Thread.ofVirtual()
        .start(() -> {
          try {
            if (!sender.join(properties.timeout())) {
              post.cancel();
            }
          } catch (InterruptedException e) {
            post.cancel();
          }
        });
    try {
      ClassicHttpResponse answer = http.executeOpen(HttpHost.create(post.getUri()), post, null);
      int status = answer.getCode();
      cutOff(post, answer);
      return status >= 200 && status < 300
          ? new Outcome(status, null)
          : new Outcome(status, "the receiver answered " + status);
    } catch (IOException | URISyntaxException | RuntimeException e) {
      String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return new Outcome(null, message.length() > 300 ? message.substring(0, 300) : message);
    }
  }

  /** What else a receiver answers is of no use, and may be endless: closing alone would read it. */
  private static void cutOff(HttpPost post, ClassicHttpResponse answer) {
    post.cancel();
    try {
      answer.close();
    } catch (IOException e) {
      log.debug("the rest of an answer was cut off", e);
    }
  }

  private void note(Due due, Outcome outcome) {
    boolean last = due.tries() > PAUSES.size();
    String state = outcome.good() ? "delivered" : last ? "given_up" : "waiting";
    Instant next =
        state.equals("waiting") ? clock.instant().plus(PAUSES.get(due.tries() - 1)) : null;
    jdbc.sql(
            """
            UPDATE delivery
            SET state = :state, status = :status, failure = :failure, next_try_at = :next
            WHERE id = :id AND state = 'waiting' AND tries = :tries
            """)
        .param("state", state)
        .param("status", outcome.status())
        .param("failure", outcome.failure())
        .param("next", next == null ? null : Timestamp.from(next))
        .param("id", due.id())
        .param("tries", due.tries())
        .update();
    if (!outcome.good()) {
      log.warn(
          "delivery={} type={} try={} failed: {}; {}",
          due.id(),
          due.type(),
          due.tries(),
          outcome.failure(),
          last ? "it is given up" : "it is tried again at " + next);
    }
  }

  private void forget() {
    jdbc.sql("DELETE FROM delivery WHERE state <> 'waiting' AND created_at < :before")
        .param("before", Timestamp.from(clock.instant().minus(properties.keep())))
        .update();
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}
