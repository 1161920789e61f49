package dev.lanes.claim;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A claim as somebody makes it.
 *
 * @param statement what is claimed, in one sentence
 * @param source who said it, and where; its quote may be left out
 * @param suite name of the suite whose runs check it
 * @param cores logical processors that a host must have for a verdict; 1 unless given
 * @param interpreters lines that get a verdict each; those of the suite unless given
 * @param conditions all of which must hold
 */
record ClaimRequest(
    @Schema(requiredMode = REQUIRED) @Nullable String statement,
    @Schema(requiredMode = REQUIRED) @Nullable SourceRequest source,
    @Schema(requiredMode = REQUIRED) @Nullable String suite,
    @Nullable Integer cores,
    @Nullable List<@Nullable String> interpreters,
    @Schema(requiredMode = REQUIRED) @Nullable List<@Nullable ConditionRequest> conditions) {

  /** Who said it, and where. */
  record SourceRequest(
      @Schema(requiredMode = REQUIRED) @Nullable String speaker,
      @Schema(requiredMode = REQUIRED) @Nullable String title,
      @Schema(requiredMode = REQUIRED) @Nullable String url,
      @Schema(requiredMode = REQUIRED) @Nullable String published,
      @Nullable String quote) {}

  /** One condition, as a claim has them. */
  record ConditionRequest(
      @Schema(requiredMode = REQUIRED) @Nullable String says,
      @Nullable String measure,
      @Schema(ref = "#/components/schemas/Axes", requiredMode = REQUIRED)
          @Nullable Map<String, Object> contender,
      @Schema(ref = "#/components/schemas/Axes") @Nullable Map<String, Object> baseline,
      @Nullable Double scale,
      @Nullable BandRequest band) {}

  /** Where the ratio must lie. */
  record BandRequest(@Nullable Double low, @Nullable Double high) {}
}
