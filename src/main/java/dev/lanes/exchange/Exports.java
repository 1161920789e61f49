package dev.lanes.exchange;

import dev.lanes.catalog.Measure;
import dev.lanes.catalog.Outcome;
import dev.lanes.catalog.Quality;
import dev.lanes.result.CellStanding;
import dev.lanes.result.Results;
import dev.lanes.result.RoundSamples;
import dev.lanes.run.CellView;
import dev.lanes.run.Runs;
import dev.lanes.web.ApiException;
import dev.lanes.web.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The figures of runs in the formats of other programs. */
@Service
@Transactional(readOnly = true)
class Exports {

  private final Runs runs;
  private final Results results;
  private final JsonMapper json;

  Exports(Runs runs, Results results, JsonMapper json) {
    this.runs = runs;
    this.results = results;
    this.json = json;
  }

  /**
   * The figures of a run, one row each, the cells in their order.
   *
   * @throws ApiException if there is no such run
   */
  List<FigureRow> figures(UUID run) {
    List<FigureRow> rows = new ArrayList<>();
    Map<UUID, CellStanding> standings = standings(run);
    for (CellView cell : runs.cells(run, -1, Integer.MAX_VALUE)) {
      CellStanding standing = standings.get(cell.id());
      String parameters = json.writeValueAsString(cell.parameters());
      if (standing.measures().isEmpty()) {
        rows.add(FigureRow.without(cell, standing, parameters));
      }
      standing
          .measures()
          .forEach((measure, figure) ->
              rows.add(FigureRow.of(cell, standing, parameters, measure, figure)));
    }
    return rows;
  }

  /**
   * Every sample of a cell as a table: measure, round, turn, whether it is warm-up, value.
   *
   * @throws ApiException if there is no such cell
   */
  String samples(UUID id) {
    CellView cell =
        runs.cell(id)
            .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "There is no cell " + id));
    Long fence = results.standing(cell.run(), id).orElseThrow().fence();
    List<List<Object>> rows = new ArrayList<>();
    if (fence != null) {
      for (RoundSamples round : results.samples(id, fence)) {
        double[] values = round.values();
        for (int turn = 0; turn < values.length; turn++) {
          rows.add(
              List.of(
                  round.measure().id(),
                  round.measure().unit().name().toLowerCase(Locale.ROOT),
                  round.round(),
                  turn,
                  turn < round.warmups(),
                  values[turn]));
        }
      }
    }
    return Csv.of(List.of("measure", "unit", "round", "turn", "warmup", "value"), rows);
  }

  /**
   * The batches on warm workers ({@code steady_seconds}) as pyperf's own JSON, version 1.0: a
   * benchmark for each cell that has them, a run for each round. A round with a value of zero has
   * none there, since pyperf allows none.
   *
   * @throws ApiException if there is no such run, or none of its cells has such values that are
   *     valid
   */
  Map<String, Object> pyperf(UUID run) {
    Map<UUID, CellStanding> standings = standings(run);
    Map<UUID, List<RoundSamples>> rounds =
        results.samplesOfRun(run, Measure.STEADY_SECONDS).stream()
            .filter(round -> Arrays.stream(round.values()).allMatch(value -> value > 0))
            .collect(Collectors.groupingBy(RoundSamples::cell));
    List<Map<String, Object>> benchmarks = new ArrayList<>();
    for (CellView cell : runs.cells(run, -1, Integer.MAX_VALUE)) {
      CellStanding standing = standings.get(cell.id());
      // The format has no place to say that figures are invalid.
      if (standing.outcome() == Outcome.SUCCEEDED
          && standing.quality() != Quality.INVALID
          && rounds.containsKey(cell.id())) {
        benchmarks.add(benchmark(cell, standing, rounds.get(cell.id())));
      }
    }
    if (benchmarks.isEmpty()) {
      throw new ApiException(
          ErrorCode.NOT_FOUND,
          "No cell of run %s has %s yet, which is what pyperf's format takes"
              .formatted(run, Measure.STEADY_SECONDS.id()));
    }
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("benchmarks", benchmarks);
    file.put("metadata", Map.of("unit", "second", "lanes_run", run.toString()));
    file.put("version", "1.0");
    return file;
  }

  private static Map<String, Object> benchmark(
      CellView cell, CellStanding standing, List<RoundSamples> rounds) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", name(cell));
    metadata.put("loops", standing.loops());
    metadata.put("lanes_cell", cell.id().toString());
    metadata.put("lanes_measure", Measure.STEADY_SECONDS.id());
    cell.axes().forEach((axis, value) -> put(metadata, "lanes_" + axis, value));
    put(metadata, "hostname", standing.host());
    put(metadata, "lanes_build", standing.build());
    if (standing.quality() != null) {
      metadata.put("lanes_quality", standing.quality().name().toLowerCase(Locale.ROOT));
    }
    List<Map<String, Object>> processes =
        rounds.stream()
            .sorted(Comparator.comparingInt(RoundSamples::round))
            .map(round -> process(round, standing.loops()))
            .toList();
    return Map.of("metadata", metadata, "runs", processes);
  }

  /** pyperf refuses metadata that is empty or neither a text nor a number. */
  private static void put(Map<String, Object> metadata, String name, @Nullable Object value) {
    if (value instanceof Number || value instanceof String text && !text.isBlank()) {
      metadata.put(name, value);
    }
  }

  private static Map<String, Object> process(RoundSamples round, int loops) {
    double[] values = round.values();
    List<List<Object>> warmUps = new ArrayList<>();
    for (int turn = 0; turn < round.warmups(); turn++) {
      warmUps.add(List.of(loops, values[turn]));
    }
    Map<String, Object> process = new LinkedHashMap<>();
    process.put("metadata", Map.of("lanes_round", round.round()));
    process.put("values", round.counted());
    if (!warmUps.isEmpty()) {
      process.put("warmups", warmUps);
    }
    return process;
  }

  /** Equal for equal axes, as pyperf compares what has the same name. */
  private static String name(CellView cell) {
    String parameters =
        cell.parameters().entrySet().stream()
            .map(parameter -> " %s=%s".formatted(parameter.getKey(), parameter.getValue()))
            .sorted()
            .collect(Collectors.joining());
    return "%s%s tasks=%d parallelism=%d %s %s"
        .formatted(
            cell.workload(),
            parameters,
            cell.tasks(),
            cell.parallelism(),
            cell.model(),
            cell.interpreter());
  }

  private Map<UUID, CellStanding> standings(UUID run) {
    runs.get(run);
    return results.standings(run);
  }
}
