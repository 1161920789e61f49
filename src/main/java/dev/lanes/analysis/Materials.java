package dev.lanes.analysis;

import dev.lanes.catalog.Measure;
import dev.lanes.result.AttemptEvidence;
import dev.lanes.result.AttemptSession;
import dev.lanes.result.CellStanding;
import dev.lanes.result.Results;
import dev.lanes.result.RoundSamples;
import dev.lanes.run.CellView;
import dev.lanes.run.Runs;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Reads what was measured of runs. */
@Component
class Materials {

  private final Runs runs;
  private final Results results;

  Materials(Runs runs, Results results) {
    this.runs = runs;
    this.results = results;
  }

  /**
   * What was measured, by measure.
   *
   * @param cells of all of the runs, with the controls
   */
  Map<Measure, Material> of(List<UUID> some, List<CellView> cells, List<Measure> measures) {
    Map<UUID, CellStanding> standings = new HashMap<>();
    Map<UUID, AttemptSession> sessions = new HashMap<>();
    List<AttemptEvidence> evidence = new ArrayList<>();
    Map<UUID, Long> seeds = new HashMap<>();
    for (UUID run : some) {
      standings.putAll(results.standings(run, measures));
      sessions.putAll(results.sessions(run));
      evidence.addAll(results.evidence(run));
      seeds.putAll(runs.seeds(run));
    }
    Map<Measure, Material> material = new EnumMap<>(Measure.class);
    for (Measure measure : measures) {
      List<RoundSamples> samples = new ArrayList<>();
      some.forEach(run -> samples.addAll(results.samplesOfRun(run, measure)));
      SharedRounds shared = new SharedRounds(cells, new PairedRounds(samples), evidence, seeds);
      material.put(measure, new Material(standings, shared, sessions));
    }
    return material;
  }
}
