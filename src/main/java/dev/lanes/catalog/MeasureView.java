package dev.lanes.catalog;

/**
 * A measure as it is told to a client.
 *
 * @param direction {@code lower_is_better}; every measure of this version is of that kind
 */
public record MeasureView(
    String id, String title, String unit, String direction, String description) {

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
