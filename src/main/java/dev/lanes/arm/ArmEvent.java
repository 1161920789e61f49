package dev.lanes.arm;

import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line that the harness wrote.
 *
 * @param name {@code up}, {@code environment}, {@code sample}, {@code ready}, {@code slice}, {@code
 *     error} or {@code done}
 */
record ArmEvent(String name, JsonNode body) {

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is not an event with this nonce
   */
  static ArmEvent parse(String line, String nonce, JsonMapper json) {
    JsonNode body;
    try {
      body = json.readTree(line);
    } catch (tools.jackson.core.JacksonException e) {
      throw new IllegalArgumentException("not an event of the harness: " + shorten(line), e);
    }
    if (!nonce.equals(body.path("nonce").asString(""))) {
      throw new IllegalArgumentException("an event without the nonce: " + shorten(line));
    }
    return new ArmEvent(body.path("event").asString(""), body);
  }

  double number(String field) {
    return body.path(field).asDouble();
  }

  @Nullable Double numberOrNull(String field) {
    return body.hasNonNull(field) ? (Double) body.get(field).asDouble() : null;
  }

  /** The numbers of an object; none where the field is absent. */
  Map<String, Double> numbers(String field) {
    return body.path(field).properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().asDouble()));
  }

  /** The field's value as JSON, so that values of any type can be compared. */
  String json(String field) {
    return body.path(field).toString();
  }

  String text(String field) {
    return body.path(field).asString("");
  }

  /** Every field but those of the envelope. */
  Map<String, Object> facts(JsonMapper json) {
    Map<String, Object> facts =
        json.convertValue(body, new tools.jackson.core.type.TypeReference<>() {});
    facts.remove("nonce");
    facts.remove("event");
    return facts;
  }

  private static String shorten(String line) {
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }
}
