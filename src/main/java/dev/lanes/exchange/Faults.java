package dev.lanes.exchange;

import dev.lanes.web.FieldProblems;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Collects what is wrong with a file, so that all of it is told at once. */
final class Faults {

  private static final int SHOWN = 60;

  private final FieldProblems problems = new FieldProblems();
  private int found;

  /** Nobody mends more at once. */
  private static final int MOST = 50;

  void add(String pointer, String detail) {
    if (found++ < MOST) {
      problems.add(pointer, detail);
    }
  }

  /** Refuses the file if anything was found. */
  void refuse() {
    problems.refuse();
  }

  /** A number above zero; anything else is a fault, and 1 stands in for it. */
  double positive(String pointer, JsonNode node) {
    double value = node.isNumber() ? node.doubleValue() : Double.NaN;
    if (value > 0 && Double.isFinite(value)) {
      return value;
    }
    add(pointer, "is %s; it must be a finite number above 0".formatted(shortened(node)));
    return 1;
  }

  /** Names with texts and numbers; empty where there are none. */
  Map<String, Object> metadata(String pointer, JsonNode node) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    if (node.isMissingNode()) {
      return metadata;
    }
    if (!node.isObject()) {
      add(pointer, "is %s; it must be an object".formatted(shortened(node)));
      return metadata;
    }
    node.properties()
        .forEach(one -> {
          JsonNode value = one.getValue();
          if (value.isIntegralNumber() && value.canConvertToLong()) {
            metadata.put(one.getKey(), value.longValue());
          } else if (value.isNumber()) {
            metadata.put(one.getKey(), value.doubleValue());
          } else {
            // Lists, as of tags, are kept as they are written.
            metadata.put(one.getKey(), value.isString() ? value.asString() : value.toString());
          }
        });
    return metadata;
  }

  static String shortened(JsonNode node) {
    String text = node.toString();
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }
}
