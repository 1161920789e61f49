package dev.lanes.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.TestServer;
import dev.lanes.run.RunBody;
import dev.lanes.web.Caller;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes suites and schedules as an administrator, and looks at what became of them. */
final class ScheduleCalls {

  static final String SCHEDULES = "/api/v1/schedules";

  private final TestServer server;

  ScheduleCalls(TestServer server) {
    this.server = server;
  }

  /** Saves a suite of one cell, for which a host must be known. */
  void saveSuite(String name) {
    var saved = server.admin().post("/api/v1/suites", suite(name, RunBody.aRun()));
    assertThat(saved.status()).as(saved.body()).isEqualTo(201);
  }

  static String suite(String name, RunBody run) {
    return "{\"name\": \"%s\", \"about\": \"why\", \"run\": %s}".formatted(name, run.json());
  }

  /** The fields of a schedule at 02:30 in Berlin, with others set: name, value, name, value, … */
  static String body(String suite, Object... changes) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("suite", suite);
    fields.put("cron", "30 2 * * *");
    fields.put("zone", "Europe/Berlin");
    for (int i = 0; i < changes.length; i += 2) {
      fields.put((String) changes[i], changes[i + 1]);
    }
    return JsonMapper.shared().writeValueAsString(fields);
  }

  /** Makes a schedule and gives its id. */
  UUID make(String suite, Object... changes) {
    var made = server.admin().post(SCHEDULES, body(suite, changes));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return UUID.fromString(made.json().path("id").asString());
  }

  /** Lets a schedule begin at another time than now. */
  void dueFrom(UUID schedule, Instant first) {
    server
        .jdbc()
        .sql("UPDATE schedule SET next_due_at = :first WHERE id = :id")
        .param("first", Timestamp.from(first))
        .param("id", schedule)
        .update();
  }

  JsonNode get(UUID schedule) {
    return server.admin().get(SCHEDULES + "/" + schedule).json();
  }

  Caller.Answer replace(UUID schedule, String body) {
    String version = get(schedule).path("version").asString();
    return server.admin().put(SCHEDULES + "/" + schedule, body, "If-Match", version);
  }

  /** Firings of a schedule, the oldest first. */
  List<JsonNode> firings(UUID schedule) {
    var answer = server.admin().get(SCHEDULES + "/" + schedule + "/firings?limit=500");
    // Those that a test let happen in the future are not told yet.
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().path("items").valueStream().toList().reversed();
  }

  /** Ends every run as if it had been cancelled. */
  void endRuns() {
    server.jdbc().sql("UPDATE job SET state = 'cancelled' WHERE state = 'queued'").update();
    server
        .jdbc()
        .sql(
            """
            UPDATE run SET state = 'cancelled', finished_at = now() WHERE finished_at IS NULL
            """)
        .update();
  }

  int count(String what) {
    return server.jdbc().sql("SELECT count(*) FROM " + what).query(Integer.class).single();
  }
}
