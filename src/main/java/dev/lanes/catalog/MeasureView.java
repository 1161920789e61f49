package dev.lanes.catalog;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A measure as it is told to a client.
 *
 * @param direction {@code lower_is_better}; every measure of this version is of that kind
 */
public record MeasureView(
    String id,
    String title,
    String unit,
    @Schema(allowableValues = {"lower_is_better", "higher_is_better"}) String direction,
    String description) {

  /** The measure in words. */
  public static MeasureView of(Measure measure) {
    return new MeasureView(
        measure.id(),
        measure.title(),
        measure.unit().symbol(),
        "lower_is_better",
        measure.description());
  }
}
