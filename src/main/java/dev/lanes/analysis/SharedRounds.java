package dev.lanes.analysis;

import dev.lanes.catalog.ArmRole;
import dev.lanes.result.AttemptEvidence;
import dev.lanes.result.RoundEvidence;
import dev.lanes.run.CellView;
import dev.lanes.statistics.PairedRatio;
import dev.lanes.statistics.RoundStatistic;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * What the cells of a run were measured in: who shares rounds, beside which controls, how clean.
 */
final class SharedRounds {

  private record Group(UUID job, int number) {
    static Group of(CellView cell) {
      return new Group(cell.job(), cell.group());
    }
  }

  private final Map<Group, Map<ArmRole, CellView>> first = new HashMap<>();
  private final PairedRounds samples;
  private final Map<Group, Map<Integer, RoundEvidence>> evidence = new HashMap<>();
  private final Map<UUID, Long> seeds;
  private final Map<Group, Integer> numbers = new HashMap<>();
  private final Map<UUID, SortedMap<Integer, RoundStatistic>> overAnchor = new HashMap<>();
  private final Map<Group, Optional<PairedRatio>> placebos = new HashMap<>();

  /**
   * @param cells of the run, with its controls, by position
   * @param evidence of the run
   * @param seeds by job
   */
  SharedRounds(
      List<CellView> cells,
      PairedRounds samples,
      List<AttemptEvidence> evidence,
      Map<UUID, Long> seeds) {
    this.samples = samples;
    this.seeds = Map.copyOf(seeds);
    for (CellView cell : cells) {
      numbers.putIfAbsent(Group.of(cell), numbers.size());
      first
          .computeIfAbsent(Group.of(cell), _ -> new EnumMap<>(ArmRole.class))
          .putIfAbsent(cell.role(), cell);
    }
    for (AttemptEvidence attempt : evidence) {
      for (RoundEvidence round : attempt.rounds()) {
        this.evidence
            .computeIfAbsent(new Group(attempt.job(), round.group()), _ -> new HashMap<>())
            .put(round.round(), round);
      }
    }
  }

  static boolean together(CellView one, CellView other) {
    return Group.of(one).equals(Group.of(other));
  }

  /** A number that cells have in common if and only if they share rounds. */
  int number(CellView cell) {
    return numbers.get(Group.of(cell));
  }

  /** The cells against one of their group. */
  Contenders against(CellView baseline, List<CellView> contenders) {
    List<UUID> ids = contenders.stream().map(CellView::id).toList();
    return Contenders.of(ids, baseline.id(), samples, seeds.get(baseline.job()));
  }

  /** The first cell of that role in a cell's group. */
  Optional<CellView> first(CellView cell, ArmRole role) {
    return Optional.ofNullable(first.getOrDefault(Group.of(cell), Map.of()).get(role));
  }

  /** The cell that the placebo of a cell's group repeats. */
  CellView repeated(CellView cell) {
    return first(cell, ArmRole.SUBJECT).orElseThrow();
  }

  /** The placebo of a cell's group over the cell that it repeats; empty without one. */
  Optional<PairedRatio> placebo(CellView cell) {
    return placebos.computeIfAbsent(
        Group.of(cell),
        _ -> first(cell, ArmRole.PLACEBO).flatMap(placebo -> ratio(placebo, repeated(cell))));
  }

  /** Every value of a cell that counts, whatever its round. */
  double[] values(CellView cell) {
    return samples.values(cell.id());
  }

  /** The rounds of a cell by themselves. */
  SortedMap<Integer, RoundStatistic> alone(CellView cell) {
    return samples.alone(cell.id());
  }

  /** A cell over the anchor of its group, in the rounds that have both. */
  SortedMap<Integer, RoundStatistic> overAnchor(CellView cell) {
    return overAnchor.computeIfAbsent(
        cell.id(),
        _ ->
            first(cell, ArmRole.ANCHOR)
                .map(anchor -> samples.of(cell.id(), anchor.id()))
                .orElseGet(Collections::emptySortedMap));
  }

  /** What each round says that both have, contender over baseline, by the number of the round. */
  SortedMap<Integer, RoundStatistic> rounds(CellView contender, CellView baseline) {
    return samples.of(contender.id(), baseline.id());
  }

  /** One cell over another; empty without a round in common. */
  Optional<PairedRatio> ratio(CellView contender, CellView baseline) {
    var rounds = rounds(contender, baseline);
    return rounds.isEmpty() ? Optional.empty() : Optional.of(Contenders.ratio(rounds));
  }

  /** Which rounds of the cell's group were disturbed. */
  Predicate<Integer> dirty(CellView cell) {
    var rounds = evidence.getOrDefault(Group.of(cell), Map.of());
    return round -> rounds.containsKey(round) && rounds.get(round).dirty();
  }

  /** Which rounds of the cell's group are known to be undisturbed. */
  Predicate<Integer> clean(CellView cell) {
    var rounds = evidence.getOrDefault(Group.of(cell), Map.of());
    return round -> rounds.containsKey(round) && !rounds.get(round).dirty();
  }

  int dirtyRounds(CellView cell) {
    return (int)
        evidence.getOrDefault(Group.of(cell), Map.of()).values().stream()
            .filter(RoundEvidence::dirty)
            .count();
  }
}
