package dev.lanes.claim;

import dev.lanes.analysis.CellRatio;
import dev.lanes.analysis.CellRatios;
import dev.lanes.analysis.CellRatios.Asked;
import dev.lanes.catalog.Measure;
import dev.lanes.result.CellStanding;
import dev.lanes.result.Results;
import dev.lanes.run.CellView;
import dev.lanes.run.CompletedRun;
import dev.lanes.run.Runs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Judges a claim by a completed run of its suite. */
@Component
class RunJudge {

  /** What a run says is computed once while it is among so many that were asked for last. */
  private static final int REMEMBERED = 500;

  private final Runs runs;
  private final Results results;
  private final CellRatios ratios;
  private final Map<Key, List<Judgement>> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, List<Judgement>> eldest) {
              return size() > REMEMBERED;
            }
          });

  /** A run whose failed jobs are tried again ends at another time. */
  private record Key(Claim claim, UUID run, Instant finishedAt) {}

  /** The cells of a condition on one host for one interpreter. */
  private record Slot(
      int number, Condition condition, Optional<CellView> contender, Optional<CellView> baseline) {

    Optional<Asked> asked() {
      return condition
          .figure()
          .flatMap(measure ->
              contender.flatMap(of -> baseline.map(to -> new Asked(of.id(), to.id(), measure))));
    }
  }

  /** The line that is judged on the host of a job, with a slot for each condition. */
  private record Place(String host, String line, List<Slot> slots) {}

  RunJudge(Runs runs, Results results, CellRatios ratios) {
    this.runs = runs;
    this.results = results;
    this.ratios = ratios;
  }

  /** One judgement for each host and interpreter that the run measured. */
  List<Judgement> judge(Claim claim, CompletedRun run) {
    Key key = new Key(claim, run.id(), run.finishedAt());
    List<Judgement> judged = known.get(key);
    if (judged == null) {
      judged = judged(claim, run);
      known.put(key, judged);
    }
    return judged;
  }

  private List<Judgement> judged(Claim claim, CompletedRun run) {
    Map<UUID, CellStanding> standings = results.standings(run.id(), Set.of(Measure.STEADY_SECONDS));
    Map<UUID, List<CellView>> jobs =
        runs.cells(run.id(), -1, Integer.MAX_VALUE).stream()
            .collect(Collectors.groupingBy(CellView::job, LinkedHashMap::new, Collectors.toList()));
    List<Place> places =
        jobs.values().stream().flatMap(cells -> places(claim, cells, standings).stream()).toList();
    Set<Asked> asked = new LinkedHashSet<>();
    places.forEach(place -> place.slots().forEach(slot -> slot.asked().ifPresent(asked::add)));
    Map<Asked, CellRatio> found = ratios.of(run.id(), asked);
    return places.stream()
        .map(place ->
            Judgement.of(
                place.host(),
                place.line(),
                build(place, standings),
                run.id(),
                run.finishedAt(),
                place.slots().stream().map(slot -> finding(slot, found, standings)).toList()))
        .toList();
  }

  private static List<Place> places(
      Claim claim, List<CellView> cells, Map<UUID, CellStanding> standings) {
    Optional<String> host =
        cells.stream()
            .map(cell -> Objects.requireNonNull(standings.get(cell.id())).host())
            .filter(Objects::nonNull)
            .findFirst();
    return host.stream()
        .flatMap(name ->
            claim.lines().stream()
                .filter(line -> cells.stream().anyMatch(cell -> cell.interpreter().equals(line)))
                .map(line -> new Place(name, line, slots(claim, line, cells))))
        .toList();
  }

  private static List<Slot> slots(Claim claim, String line, List<CellView> cells) {
    List<Slot> slots = new ArrayList<>();
    for (Condition condition : claim.conditions()) {
      Map<String, Object> baseline = condition.baseline();
      slots.add(
          new Slot(
              slots.size(),
              condition,
              cell(claim, Condition.at(condition.contender(), line), cells),
              baseline == null
                  ? Optional.empty()
                  : cell(claim, Condition.at(baseline, line), cells)));
    }
    return slots;
  }

  /** The one cell that a selection names. More than one would make the choice an accident. */
  private static Optional<CellView> cell(
      Claim claim, Map<String, Object> selection, List<CellView> cells) {
    Map<String, Object> fixed = claim.fixed();
    List<CellView> named =
        cells.stream()
            .filter(cell -> has(cell, selection, true) && has(cell, fixed, false))
            .toList();
    return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
  }

  private static boolean has(CellView cell, Map<String, Object> wanted, boolean all) {
    return wanted.entrySet().stream()
        .allMatch(axis ->
            cell.axes().containsKey(axis.getKey())
                ? String.valueOf(cell.axes().get(axis.getKey()))
                    .equals(String.valueOf(axis.getValue()))
                : !all);
  }

  private static Finding finding(
      Slot slot, Map<Asked, CellRatio> found, Map<UUID, CellStanding> standings) {
    int number = slot.number();
    Condition condition = slot.condition();
    if (condition.baseline() == null && slot.contender().isPresent()) {
      UUID contender = slot.contender().get().id();
      return Finding.of(number, Objects.requireNonNull(standings.get(contender)));
    }
    return slot.asked()
        .map(asked ->
            Finding.of(
                number,
                condition,
                asked.contender(),
                asked.baseline(),
                Objects.requireNonNull(found.get(asked))))
        .orElseGet(() ->
            Finding.missing(
                number, condition, "the run did not measure what it takes: " + condition.says()));
  }

  private static @Nullable String build(Place place, Map<UUID, CellStanding> standings) {
    return place.slots().stream()
        .flatMap(slot -> Optional.of(slot).flatMap(Slot::contender).stream())
        .filter(cell -> cell.interpreter().equals(place.line()))
        .map(cell -> Objects.requireNonNull(standings.get(cell.id())).build())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
