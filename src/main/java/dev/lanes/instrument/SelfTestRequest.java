package dev.lanes.instrument;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The report of a benchmark of the instrument.
 *
 * @param name of the benchmark, {@code equal-arms}
 * @param host it ran on
 * @param version version and digest of the code that was tested
 * @param parameters what it was started with
 * @param figures what it found
 * @param gates what was asked of the figures, at least one
 * @param seconds from its start to its end
 */
record SelfTestRequest(
    @Schema(requiredMode = REQUIRED) @Nullable String name,
    @Schema(requiredMode = REQUIRED) @Nullable String host,
    @Schema(requiredMode = REQUIRED) @Nullable String version,
    @Schema(requiredMode = REQUIRED) @Nullable Map<String, Object> parameters,
    @Schema(requiredMode = REQUIRED) @Nullable Map<String, Object> figures,
    @Schema(requiredMode = REQUIRED) @Nullable List<GateRequest> gates,
    @Schema(requiredMode = REQUIRED) @Nullable Instant startedAt,
    @Schema(requiredMode = REQUIRED) @Nullable Double seconds) {

  /**
   * Something that was asked of the instrument.
   *
   * @param asked the limit, in words
   * @param found the figure that was compared with it, in words
   */
  record GateRequest(
      @Schema(requiredMode = REQUIRED) @Nullable String name,
      @Schema(requiredMode = REQUIRED) @Nullable String asked,
      @Schema(requiredMode = REQUIRED) @Nullable String found,
      @Schema(requiredMode = REQUIRED) @Nullable Boolean holds) {}
}
