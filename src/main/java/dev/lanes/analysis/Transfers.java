package dev.lanes.analysis;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.lanes.catalog.Measure;
import dev.lanes.result.CellStanding;
import dev.lanes.result.Results;
import dev.lanes.result.RoundSamples;
import dev.lanes.run.CellView;
import dev.lanes.run.Runs;
import dev.lanes.web.ApiException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Fits the times of the workload {@code transfer} to the sizes that it was measured at. */
@Service
@Transactional(readOnly = true)
public class Transfers {

  private static final String WORKLOAD = "transfer";

  private final Runs runs;
  private final Results results;

  Transfers(Runs runs, Results results) {
    this.runs = runs;
    this.results = results;
  }

  /**
   * One fit for all cells of a run that differ in size only, in the order of the run; none when the
   * run has no such cells.
   *
   * @throws ApiException if there is no such run
   */
  public List<Transfer> of(UUID run) {
    runs.get(run);
    List<CellView> all = runs.cellsAndControls(run, -1, Integer.MAX_VALUE);
    Map<Map<String, Object>, List<CellView>> bySize =
        all.stream()
            .filter(cell -> Comparisons.subject(cell) && cell.workload().equals(WORKLOAD))
            .collect(
                groupingBy(
                    cell -> Comparisons.without(cell.axes(), TransferSizes.SIZE),
                    LinkedHashMap::new,
                    toList()));
    if (bySize.isEmpty()) {
      return List.of();
    }
    Map<UUID, CellStanding> standings = results.standings(run);
    List<RoundSamples> samples = results.samplesOfRun(run, Measure.STEADY_SECONDS);
    Map<UUID, List<RoundSamples>> rounds = samples.stream().collect(groupingBy(RoundSamples::cell));
    Map<UUID, Long> seeds = runs.seeds(run);
    SharedRounds shared = new SharedRounds(all, new PairedRounds(samples), List.of(), seeds);
    return bySize.entrySet().stream()
        .map(transfer ->
            new TransferSizes(transfer.getKey(), standings, rounds, shared)
                .fitted(transfer.getValue(), seeds.get(transfer.getValue().getFirst().job())))
        .toList();
  }
}
