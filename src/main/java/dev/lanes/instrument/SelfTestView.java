package dev.lanes.instrument;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A benchmark of the instrument as it was reported.
 *
 * @param version version and digest of the code that was tested
 * @param passed whether all gates hold
 * @param seconds from its start to its end
 */
record SelfTestView(
    UUID id,
    String name,
    String host,
    String version,
    Map<String, Object> parameters,
    Map<String, Object> figures,
    List<Gate> gates,
    boolean passed,
    Instant startedAt,
    double seconds) {

  /**
   * Something that was asked of the instrument.
   *
   * @param asked the limit, in words
   * @param found the figure that was compared with it, in words
   */
  record Gate(String name, String asked, String found, boolean holds) {}
}
