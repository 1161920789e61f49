package dev.lanes.support;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The server's description of its answers, to hold real ones against. */
public final class Described {

  private final JsonNode document;

  public Described(JsonNode document) {
    this.document = document;
  }

  /**
   * What an answer has that is not described, or lacks, by JSON pointer.
   *
   * @param path as the description has it, {@code /api/v1/runs/{id}}
   */
  public List<String> differences(String path, JsonNode answer) {
    JsonNode success = document.path("paths").path(path).path("get").path("responses").path("200");
    List<String> found = new ArrayList<>();
    compare(path, success.path("content").path("application/json").path("schema"), answer, found);
    return found;
  }

  private void compare(String at, JsonNode schema, JsonNode value, List<String> found) {
    if (schema.isObject() && schema.isEmpty()) {
      return; // which describes whatever there may be
    }
    if (schema.has("$ref")) {
      compare(at, document.at(schema.get("$ref").stringValue().substring(1)), value, found);
    } else if (schema.has("oneOf")) {
      if (!value.isNull()) {
        compare(at, schema.get("oneOf").get(0), value, found);
      }
    } else if (!words(schema.path("type")).contains(type(value))) {
      found.add("%s is %s, not %s".formatted(at, value, schema.path("type")));
    } else if (schema.has("enum") && !words(schema.get("enum")).contains(value.asString())) {
      found.add("%s is %s, not one of %s".formatted(at, value, schema.get("enum")));
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        compare(at + "/" + i, schema.path("items"), value.get(i), found);
      }
    } else if (value.isObject()) {
      compareMembers(at, schema, value, found);
    }
  }

  private void compareMembers(String at, JsonNode schema, JsonNode value, List<String> found) {
    for (String name : words(schema.path("required"))) {
      if (!value.has(name)) {
        found.add("%s lacks %s".formatted(at, name));
      }
    }
    JsonNode others = schema.path("additionalProperties");
    for (var member : value.properties()) {
      JsonNode described = schema.path("properties").path(member.getKey());
      if (described.isMissingNode() && others.isMissingNode()) {
        found.add("%s has %s".formatted(at, member.getKey()));
      } else {
        JsonNode is = described.isMissingNode() ? others : described;
        compare(at + "/" + member.getKey(), is, member.getValue(), found);
      }
    }
  }

  private static List<String> words(JsonNode node) {
    if (node.isMissingNode()) {
      return List.of();
    }
    return node.isArray()
        ? node.valueStream().map(JsonNode::asString).toList()
        : List.of(node.asString());
  }

  private static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "array";
      case BOOLEAN -> "boolean";
      case NULL -> "null";
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
      case OBJECT -> "object";
      case STRING -> "string";
      case BINARY, MISSING, POJO -> "nothing of JSON";
    };
  }
}
