package dev.lanes.bench;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One benchmark of the instrument. */
interface Benchmark {

  /** Its options with their default values, in the order of the help text. */
  Map<String, String> options();

  /** Measures what the file does not hold yet, and appends a line for each repetition. */
  void measure(Session session) throws Exception;

  /** Computes the figures; the same lines always give the same. */
  Findings report(Options options, List<JsonNode> lines);
}
