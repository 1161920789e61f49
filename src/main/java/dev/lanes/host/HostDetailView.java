package dev.lanes.host;

import dev.lanes.catalog.Interpreter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known of a host.
 *
 * @param environment what decides whether figures may be compared; null until its worker reports
 * @param interpreters every Python found, usable or not
 * @param events the last 50, the newest first
 */
record HostDetailView(
    HostView host,
    @Nullable Environment environment,
    List<Interpreter> interpreters,
    List<Event> events) {

  /**
   * The environment of a host.
   *
   * @param fingerprint SHA-256 in hex
   * @param facts by name; what the host does not tell is absent
   */
  record Environment(String fingerprint, Map<String, String> facts, Instant firstSeenAt) {}

  /**
   * Something that happened.
   *
   * @param actor name of whoever did it; null for the server itself
   * @param detail of a changed environment its {@code changes}, each with key, before and after
   */
  record Event(
      Instant at,
      HostEventKind kind,
      @Nullable String actor,
      @Nullable String reason,
      Map<String, Object> detail) {}
}
