package dev.lanes.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads raw lines. */
final class Lines {

  private Lines() {}

  /** Those whose {@code kind} is this. */
  static List<JsonNode> of(List<JsonNode> lines, String kind) {
    return lines.stream().filter(line -> line.path("kind").asString("").equals(kind)).toList();
  }

  /** By the text of a field, in the order of first occurrence. */
  static Map<String, List<JsonNode>> by(List<JsonNode> lines, String field) {
    Map<String, List<JsonNode>> groups = new LinkedHashMap<>();
    for (JsonNode line : lines) {
      groups.computeIfAbsent(line.path(field).asString(""), _ -> new ArrayList<>()).add(line);
    }
    return groups;
  }

  static double[] numbers(JsonNode array) {
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).asDouble();
    }
    return numbers;
  }

  /** An array of arrays, as slices by round. */
  static double[][] table(JsonNode array) {
    double[][] table = new double[array.size()][];
    for (int i = 0; i < table.length; i++) {
      table[i] = numbers(array.get(i));
    }
    return table;
  }
}
