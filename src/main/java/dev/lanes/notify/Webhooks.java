package dev.lanes.notify;

import dev.lanes.access.Audit;
import dev.lanes.access.AuditAction;
import dev.lanes.web.ApiException;
import dev.lanes.web.EntityVersion;
import dev.lanes.web.ErrorCode;
import dev.lanes.web.FieldProblems;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Webhooks and the log of their deliveries. */
@Service
@Transactional
class Webhooks {

  private static final int SECRET_BYTES = 32;
  private static final int MOST = 100;

  private final JdbcClient jdbc;
  private final Outbox outbox;
  private final NotifyProperties properties;
  private final Audit audit;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Webhooks(JdbcClient jdbc, Outbox outbox, NotifyProperties properties, Audit audit, Clock clock) {
    this.jdbc = jdbc;
    this.outbox = outbox;
    this.properties = properties;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Makes a webhook.
   *
   * @return with the secret, which cannot be had again
   * @throws ApiException if the request is not valid
   */
  WebhookView make(WebhookRequest request, String owner) {
    check(request);
    if (jdbc.sql("SELECT count(*) FROM webhook").query(Integer.class).single() >= MOST) {
      throw new ApiException(
          ErrorCode.INVALID_REQUEST, "There are %d webhooks; delete one first".formatted(MOST));
    }
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    UUID id =
        jdbc.sql(
                """
                INSERT INTO webhook (id, url, events, secret, paused, owner, created_at)
                VALUES (uuidv7(), :url, :events, :secret, :paused, :owner, :now)
                RETURNING id
                """)
            .param("url", request.url())
            .param("events", events(request))
            .param("secret", secret)
            .param("paused", Boolean.TRUE.equals(request.paused()))
            .param("owner", owner)
            .param("now", Timestamp.from(clock.instant()))
            .query(UUID.class)
            .single();
    audit.append(AuditAction.WEBHOOK_SAVED, id, Map.of("url", host(request)));
    WebhookView made = get(id);
    return new WebhookView(
        made.id(),
        made.url(),
        made.events(),
        made.paused(),
        made.owner(),
        made.createdAt(),
        made.version(),
        Signature.shown(secret));
  }

  /**
   * Changes a webhook; its secret stays.
   *
   * @param ifMatch the version that the caller has seen
   */
  WebhookView change(UUID id, WebhookRequest request, @Nullable String ifMatch) {
    require(id, ifMatch);
    check(request);
    jdbc.sql(
            """
            UPDATE webhook
            SET url = :url, events = :events, paused = :paused, version = version + 1
            WHERE id = :id
            """)
        .param("url", request.url())
        .param("events", events(request))
        .param("paused", Boolean.TRUE.equals(request.paused()))
        .param("id", id)
        .update();
    audit.append(AuditAction.WEBHOOK_SAVED, id, Map.of("url", host(request)));
    return get(id);
  }

  /** Deletes a webhook with its log. */
  void delete(UUID id, @Nullable String ifMatch) {
    require(id, ifMatch);
    jdbc.sql("DELETE FROM webhook WHERE id = :id").param("id", id).update();
    audit.append(AuditAction.WEBHOOK_DELETED, id, Map.of());
  }

  private void require(UUID id, @Nullable String ifMatch) {
    long version =
        jdbc.sql("SELECT version FROM webhook WHERE id = :id FOR UPDATE")
            .param("id", id)
            .query(Long.class)
            .optional()
            .orElseThrow(() -> missing(id));
    new EntityVersion(version).require(ifMatch, "Webhook " + id);
  }

  @Transactional(readOnly = true)
  List<WebhookView> all() {
    return jdbc.sql("SELECT * FROM webhook ORDER BY id").query(Webhooks::view).list();
  }

  /**
   * @throws ApiException if there is no such webhook
   */
  @Transactional(readOnly = true)
  WebhookView get(UUID id) {
    return jdbc.sql("SELECT * FROM webhook WHERE id = :id")
        .param("id", id)
        .query(Webhooks::view)
        .optional()
        .orElseThrow(() -> missing(id));
  }

  private static WebhookView view(ResultSet row, int number) throws SQLException {
    return new WebhookView(
        row.getObject("id", UUID.class),
        row.getString("url"),
        List.of((String[]) row.getArray("events").getArray()),
        row.getBoolean("paused"),
        row.getString("owner"),
        instant(row, "created_at"),
        new EntityVersion(row.getLong("version")).tag(),
        null);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getTimestamp(column)).toInstant();
  }

  /** Sends something harmless to a webhook now. */
  DeliveryView ping(UUID id) {
    get(id);
    return delivery(id, outbox.ping(id));
  }

  /** The log of a webhook, the newest first. */
  @Transactional(readOnly = true)
  List<DeliveryView> deliveries(UUID id, @Nullable UUID before, int limit) {
    get(id);
    return jdbc.sql(
            """
            SELECT * FROM delivery
            WHERE webhook_id = :id AND (CAST(:before AS uuid) IS NULL OR id < :before)
            ORDER BY id DESC LIMIT :limit
            """)
        .param("id", id)
        .param("before", before)
        .param("limit", limit)
        .query(Webhooks::delivery)
        .list();
  }

  /**
   * Sends a delivery once more, as often as a new one; its event stays the same.
   *
   * @throws ApiException if there is no such delivery
   */
  DeliveryView again(UUID id, UUID delivery) {
    delivery(id, delivery);
    jdbc.sql(
            """
            UPDATE delivery SET state = 'waiting', tries = 0, next_try_at = :now WHERE id = :delivery
            """)
        .param("now", Timestamp.from(clock.instant()))
        .param("delivery", delivery)
        .update();
    return delivery(id, delivery);
  }

  private DeliveryView delivery(UUID webhook, UUID id) {
    return jdbc.sql("SELECT * FROM delivery WHERE webhook_id = :webhook AND id = :id")
        .param("webhook", webhook)
        .param("id", id)
        .query(Webhooks::delivery)
        .optional()
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.NOT_FOUND,
                "There is no delivery %s of webhook %s".formatted(id, webhook)));
  }

  private static DeliveryView delivery(ResultSet row, int number) throws SQLException {
    Timestamp tried = row.getTimestamp("tried_at");
    Timestamp next = row.getTimestamp("next_try_at");
    return new DeliveryView(
        row.getObject("id", UUID.class),
        row.getObject("event_id", UUID.class),
        row.getString("type"),
        row.getString("state"),
        row.getInt("tries"),
        row.getObject("status", Integer.class),
        row.getString("failure"),
        instant(row, "created_at"),
        tried == null ? null : tried.toInstant(),
        next == null ? null : next.toInstant());
  }

  private void check(WebhookRequest request) {
    FieldProblems problems = new FieldProblems();
    checkUrl(request.url(), problems);
    List<@Nullable String> events = Objects.requireNonNullElse(request.events(), List.of());
    if (events.isEmpty()) {
      problems.add("/events", "is empty; it must name at least one", EventType.ids());
    }
    for (int i = 0; i < events.size(); i++) {
      String event = String.valueOf(events.get(i));
      if (EventType.of(event).isEmpty()) {
        problems.add("/events/" + i, "nothing is told of \"%s\"".formatted(event), EventType.ids());
      }
    }
    problems.refuse();
  }

  private void checkUrl(@Nullable String url, FieldProblems problems) {
    problems.text("/url", url, 1, 2000);
    URI address;
    try {
      address = new URI(String.valueOf(url));
    } catch (URISyntaxException e) {
      problems.add("/url", "is no address: " + e.getReason());
      return;
    }
    boolean secure = "https".equals(address.getScheme());
    boolean plain = "http".equals(address.getScheme()) && properties.allowPrivateAddresses();
    if (!secure && !plain) {
      problems.add("/url", "must begin with https://");
      return;
    }
    if (address.getHost() == null || address.getUserInfo() != null) {
      problems.add("/url", "must name a host, and no user");
      return;
    }
    try {
      new PublicAddresses(properties.allowPrivateAddresses()).resolve(address.getHost());
    } catch (UnknownHostException e) {
      problems.add(
          "/url",
          "cannot be reached: %s; name a host of the open internet".formatted(e.getMessage()));
    }
  }

  private static String[] events(WebhookRequest request) {
    return Objects.requireNonNull(request.events()).stream()
        .map(String::valueOf)
        .distinct()
        .toArray(String[]::new);
  }

  /** Without what may be a secret in a path. */
  private static String host(WebhookRequest request) {
    return URI.create(String.valueOf(request.url())).getHost();
  }

  private static ApiException missing(UUID id) {
    return new ApiException(ErrorCode.NOT_FOUND, "There is no webhook " + id);
  }
}
