package dev.lanes.exchange;

import dev.lanes.catalog.Measure;
import dev.lanes.result.CellStanding;
import dev.lanes.run.CellView;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One figure of one cell, or a cell that has none. Names and order of the components are those of
 * the columns.
 *
 * @param parameters of the workload, as a JSON object
 * @param ciLow lower end of the median's 95 % interval; null with too few rounds
 * @param n rounds
 */
record FigureRow(
    String run,
    String cell,
    int index,
    String workload,
    String parameters,
    int tasks,
    int parallelism,
    String model,
    String interpreter,
    String profile,
    @Nullable String host,
    @Nullable String build,
    @Nullable String outcome,
    @Nullable String reason,
    @Nullable String quality,
    int rounds,
    @Nullable String measure,
    @Nullable String unit,
    @Nullable Double median,
    @Nullable Double ciLow,
    @Nullable Double ciHigh,
    @Nullable Integer n) {

  /** Names of the columns, in their order. */
  static final List<String> COLUMNS =
      Stream.of(FigureRow.class.getRecordComponents())
          .map(component -> component.getName().replaceAll("([A-Z])", "_$1"))
          .map(name -> name.toLowerCase(Locale.ROOT))
          .toList();

  static FigureRow of(
      CellView cell,
      CellStanding standing,
      String parameters,
      Measure measure,
      CellStanding.Summary figure) {
    return of(
        cell,
        standing,
        parameters,
        measure.id(),
        measure.unit().name().toLowerCase(Locale.ROOT),
        figure);
  }

  static FigureRow without(CellView cell, CellStanding standing, String parameters) {
    return of(cell, standing, parameters, null, null, null);
  }

  private static FigureRow of(
      CellView cell,
      CellStanding standing,
      String parameters,
      @Nullable String measure,
      @Nullable String unit,
      CellStanding.@Nullable Summary figure) {
    return new FigureRow(
        cell.run().toString(),
        cell.id().toString(),
        cell.position(),
        cell.workload(),
        parameters,
        cell.tasks(),
        cell.parallelism(),
        cell.model(),
        cell.interpreter(),
        String.valueOf(cell.axes().get("profile")),
        standing.host(),
        standing.build(),
        lower(standing.outcome()),
        standing.reason(),
        lower(standing.quality()),
        standing.rounds(),
        measure,
        unit,
        figure == null ? null : (Double) figure.median(),
        figure == null ? null : figure.ciLow(),
        figure == null ? null : figure.ciHigh(),
        figure == null ? null : (Integer) figure.n());
  }

  private static @Nullable String lower(@Nullable Enum<?> value) {
    return value == null ? null : value.name().toLowerCase(Locale.ROOT);
  }

  /** The values in the order of the columns; what is unknown is null. */
  List<@Nullable Object> values() {
    return Arrays.asList(
        run,
        cell,
        index,
        workload,
        parameters,
        tasks,
        parallelism,
        model,
        interpreter,
        profile,
        host,
        build,
        outcome,
        reason,
        quality,
        rounds,
        measure,
        unit,
        median,
        ciLow,
        ciHigh,
        n);
  }
}
