package dev.lanes.catalog;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A measure as it is told to a client.
 *
 * @param better what the better one of two is or has, {@code faster}, {@code less memory}
 * @param worse what the other one is or has
 */
public record MeasureView(
    String id,
    String title,
    String unit,
    @Schema(allowableValues = {"lower_is_better", "higher_is_better"}) String direction,
    String better,
    String worse,
    String description) {

  /** The measure in words. */
  public static MeasureView of(Measure measure) {
    return new MeasureView(
        measure.id(),
        measure.title(),
        measure.unit().symbol(),
        measure.better().id(),
        measure.words().better(),
        measure.words().worse(),
        measure.description());
  }
}
