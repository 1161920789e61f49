package dev.lanes.notify;

import dev.lanes.host.HostQuarantined;
import dev.lanes.run.RunEnded;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes down what webhooks are to be told of, in the transaction in which it happens: what is
 * rolled back is not told, and what has happened is not forgotten.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Outbox {

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Clock clock;

  Outbox(JdbcClient jdbc, JsonMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.clock = clock;
  }

  @EventListener
  void on(RunEnded ended) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("run", ended.run());
    data.put("name", ended.name());
    data.put("state", ended.state());
    data.put("labels", ended.labels());
    data.put("api", "/api/v1/runs/" + ended.run());
    data.put("page", "/runs/" + ended.run());
    tell(EventType.RUN_ENDED, data);
  }

  @EventListener
  void on(HostQuarantined quarantined) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("host", quarantined.name());
    data.put("reason", quarantined.reason());
    data.put("api", "/api/v1/hosts/" + quarantined.name());
    data.put("page", "/hosts/" + quarantined.name());
    tell(EventType.HOST_QUARANTINED, data);
  }

  private void tell(EventType type, Map<String, Object> data) {
    UUID event = UUID.randomUUID();
    jdbc.sql(
            """
            INSERT INTO delivery (id, webhook_id, event_id, type, body, state, next_try_at, created_at)
            SELECT uuidv7(), w.id, :event, :type, :body, 'waiting', :now, :now
            FROM webhook w WHERE :type = ANY (w.events) AND NOT w.paused
            """)
        .param("event", event)
        .param("type", type.id())
        .param("body", body(event, type, data))
        .param("now", Timestamp.from(clock.instant()))
        .update();
  }

  /** Tells one webhook, whatever it has asked for, also when it is paused; the delivery's id. */
  UUID ping(UUID webhook) {
    UUID event = UUID.randomUUID();
    return jdbc.sql(
            """
            INSERT INTO delivery (id, webhook_id, event_id, type, body, state, next_try_at, created_at)
            VALUES (uuidv7(), :webhook, :event, :type, :body, 'waiting', :now, :now)
            RETURNING id
            """)
        .param("webhook", webhook)
        .param("event", event)
        .param("type", EventType.PING.id())
        .param("body", body(event, EventType.PING, Map.of("webhook", webhook)))
        .param("now", Timestamp.from(clock.instant()))
        .query(UUID.class)
        .single();
  }

  private String body(UUID event, EventType type, Map<String, Object> data) {
    Instant now = clock.instant();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", event);
    body.put("type", type.id());
    body.put("timestamp", now);
    body.put("data", data);
    return json.writeValueAsString(body);
  }
}
