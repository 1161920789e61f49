package dev.lanes.bench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the raw lines of a benchmark say.
 *
 * @param figures by name; numbers, texts or further maps
 * @param table the same for people
 */
record Findings(Map<String, Object> figures, List<Gate> gates, String table) {
  Findings {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    gates = List.copyOf(gates);
  }
}
