package dev.lanes.result;

import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Evidence;
import dev.lanes.catalog.Measure;
import dev.lanes.catalog.Outcome;
import dev.lanes.catalog.Quality;
import dev.lanes.result.CellStanding.Summary;
import dev.lanes.run.CellView;
import dev.lanes.run.Runs;
import dev.lanes.web.ApiException;
import dev.lanes.web.Cursor;
import dev.lanes.web.ErrorCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class CellController {

  private final Runs runs;
  private final Results results;

  CellController(Runs runs, Results results) {
    this.runs = runs;
    this.results = results;
  }

  /**
   * A cell with its result.
   *
   * @param index place in the run, from 0
   * @param group cells with the same number share their rounds
   * @param build exact id of the interpreter that was used
   * @param role what the cell was measured for
   * @param turns turns of a round that count
   * @param warmups turns before them that are kept and flagged
   * @param quality how far its figures can be trusted; null without figures
   * @param qualityReasons what speaks against them, the weightiest first
   * @param preliminary whether its job is still being measured
   */
  record CellResult(
      UUID id,
      UUID run,
      int index,
      int group,
      ArmRole role,
      @Schema(ref = "#/components/schemas/Axes") Map<String, Object> axes,
      @Nullable Outcome outcome,
      @Nullable String reason,
      @Nullable Evidence evidence,
      @Nullable String host,
      @Nullable String build,
      int rounds,
      int loops,
      int turns,
      int warmups,
      @Nullable Quality quality,
      List<String> qualityReasons,
      boolean preliminary,
      Map<String, Object> environment,
      Map<String, Summary> measures) {

    static CellResult of(CellView cell, CellStanding standing) {
      Map<String, Summary> measures = new TreeMap<>();
      standing.measures().forEach((measure, summary) -> measures.put(measure.id(), summary));
      return new CellResult(
          cell.id(),
          cell.run(),
          cell.position(),
          cell.group(),
          cell.role(),
          cell.axes(),
          standing.outcome(),
          standing.reason(),
          standing.evidence(),
          standing.host(),
          standing.build(),
          standing.rounds(),
          standing.loops(),
          standing.turns(),
          standing.warmups(),
          standing.quality(),
          standing.qualityReasons(),
          standing.preliminary(),
          standing.environment(),
          measures);
    }
  }

  /** A page of cells in the order of the run's matrix. */
  record CellList(List<CellResult> items, @Nullable String next) {}

  /**
   * One timed value.
   *
   * @param kind whether one chooses by the measure, or it tells how far figures can be trusted
   * @param turn place in its round, from 0
   * @param warmup kept, but not counted
   * @param value in the unit of the measure
   */
  record SampleView(
      String measure, Measure.Kind kind, int round, int turn, boolean warmup, double value) {}

  /** Every sample of a cell, by measure, round and turn. */
  record SampleList(List<SampleView> items, @Nullable String next) {}

  @Operation(
      operationId = "listCells",
      summary = "Cells of a run with their results, with its controls where they are asked for")
  @GetMapping("/runs/{id}/cells")
  CellList cells(
      @PathVariable UUID id,
      @RequestParam(defaultValue = "false") boolean controls,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "200") int limit) {
    runs.get(id);
    int after = after(cursor);
    List<CellView> page =
        controls
            ? runs.cellsAndControls(id, after, Cursor.limit(limit))
            : runs.cells(id, after, Cursor.limit(limit));
    Map<UUID, CellStanding> standings = results.standings(id);
    List<CellResult> items =
        page.stream().map(cell -> CellResult.of(cell, standings.get(cell.id()))).toList();
    return new CellList(items, page.size() < limit ? null : Cursor.of(page.getLast().position()));
  }

  @Operation(operationId = "getCell", summary = "One cell with its result")
  @GetMapping("/cells/{id}")
  CellResult cell(@PathVariable UUID id) {
    CellView cell = find(id);
    return CellResult.of(cell, results.standing(cell.run(), id).orElseThrow());
  }

  @Operation(operationId = "listSamples", summary = "Every sample of a cell")
  @GetMapping("/cells/{id}/samples")
  SampleList samples(@PathVariable UUID id) {
    CellView cell = find(id);
    Long fence = results.standing(cell.run(), id).orElseThrow().fence();
    List<SampleView> items = new ArrayList<>();
    if (fence != null) {
      for (RoundSamples round : results.samples(id, fence)) {
        double[] values = round.values();
        for (int turn = 0; turn < values.length; turn++) {
          items.add(
              new SampleView(
                  round.measure().id(),
                  round.measure().kind(),
                  round.round(),
                  turn,
                  turn < round.warmups(),
                  values[turn]));
        }
      }
    }
    return new SampleList(items, null);
  }

  private CellView find(UUID id) {
    return runs.cell(id)
        .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "There is no cell " + id));
  }

  private static int after(@Nullable String cursor) {
    String key = Cursor.key(cursor);
    try {
      return key == null ? -1 : Integer.parseInt(key);
    } catch (NumberFormatException e) {
      throw Cursor.wrong(cursor);
    }
  }
}
