package dev.lanes.bench;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The report of a benchmark, as a server takes it.
 *
 * @param version commit and digest of the code that was tested
 * @param startedAt ISO 8601, in UTC
 * @param seconds from the first line to the last
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record SelfTest(
    String name,
    String host,
    String version,
    Map<String, Object> parameters,
    Map<String, Object> figures,
    List<Gate> gates,
    String startedAt,
    double seconds) {}
