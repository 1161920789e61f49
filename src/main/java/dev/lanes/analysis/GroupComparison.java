package dev.lanes.analysis;

import dev.lanes.analysis.Comparison.Entry;
import dev.lanes.analysis.Comparison.Group;
import dev.lanes.catalog.Measure;
import dev.lanes.catalog.Outcome;
import dev.lanes.result.CellStanding;
import dev.lanes.result.CellStanding.Summary;
import dev.lanes.run.CellView;
import dev.lanes.statistics.Decision;
import dev.lanes.statistics.Interval;
import dev.lanes.statistics.PairedRatio;
import dev.lanes.statistics.SignedRank;
import dev.lanes.statistics.StopRule;
import dev.lanes.statistics.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares the cells of one group.
 *
 * @param baseline value of the pivot that the others are compared with
 */
record GroupComparison(
    String pivot,
    Object baseline,
    Measure measure,
    Map<UUID, CellStanding> standings,
    PairedRounds rounds) {

  /** The fewest rounds for which an interval of this confidence exists. */
  private static final int FEWEST_ROUNDS = SignedRank.smallestSize(1 - StopRule.CONFIDENCE);

  Group of(Map<String, Object> axes, List<CellView> cells) {
    Optional<CellView> reference =
        cells.stream().filter(cell -> baseline.equals(cell.axes().get(pivot))).findFirst();
    List<Entry> entries = cells.stream().map(cell -> entry(cell, reference)).toList();
    List<Entry> fastest = fastest(entries);
    return new Group(
        axes, headline(entries, fastest), fastest.stream().map(Entry::value).toList(), entries);
  }

  private Entry entry(CellView cell, Optional<CellView> reference) {
    CellStanding standing = standing(cell);
    if (standing.outcome() != Outcome.SUCCEEDED) {
      return without(cell, standing.reason());
    }
    if (reference.isEmpty()) {
      return without(cell, "%s = %s is not part of this group".formatted(pivot, baseline));
    }
    if (reference.get().id().equals(cell.id())) {
      return entry(cell, standing, 1.0, Optional.empty(), standing.rounds(), null);
    }
    CellStanding other = standing(reference.get());
    if (other.outcome() != Outcome.SUCCEEDED) {
      String how =
          other.outcome() == null ? "not been measured yet" : "ended as " + other.outcome();
      return without(cell, "the baseline has " + how.toLowerCase(java.util.Locale.ROOT));
    }
    if (reference.get().group() != cell.group()) {
      return without(cell, "measured in other rounds than the baseline; not comparable as pairs");
    }
    Optional<PairedRatio> ratio = rounds.ratio(cell.id(), reference.get().id());
    if (ratio.isEmpty()) {
      return without(cell, "there are no values of %s to pair".formatted(measure.id()));
    }
    Decision decision = Decision.of(ratio.get(), Verdict.Better.LOWER, Decision.THRESHOLD);
    return entry(
        cell,
        standing,
        ratio.get().ratio(),
        ratio.get().interval(),
        ratio.get().rounds(),
        decision);
  }

  private Entry entry(
      CellView cell,
      CellStanding standing,
      double ratio,
      Optional<Interval> interval,
      int rounds,
      @Nullable Decision decision) {
    Integer needed =
        decision == null || decision.roundsNeeded().isEmpty()
            ? null
            : (Integer) decision.roundsNeeded().getAsInt();
    return new Entry(
        cell.axes().get(pivot),
        cell.id(),
        standing.outcome(),
        null,
        ratio,
        interval.map(Interval::lower).orElse(null),
        interval.map(Interval::upper).orElse(null),
        rounds,
        decision == null ? Verdict.SAME : decision.verdict(),
        decision != null && decision.matters(),
        needed,
        decision == null ? "the baseline" : decision.sentence(),
        median(standing),
        standing.preliminary());
  }

  private Entry without(CellView cell, @Nullable String reason) {
    CellStanding standing = standing(cell);
    return new Entry(
        cell.axes().get(pivot),
        cell.id(),
        standing.outcome(),
        reason,
        null,
        null,
        null,
        0,
        standing.outcome() == Outcome.SUCCEEDED ? Verdict.UNKNOWN : null,
        false,
        null,
        null,
        median(standing),
        standing.preliminary());
  }

  private @Nullable Double median(CellStanding standing) {
    Summary summary = standing.measures().get(measure);
    return summary == null ? null : (Double) summary.median();
  }

  private CellStanding standing(CellView cell) {
    return standings.get(cell.id());
  }

  /** The best entry and all that its rounds do not show to be slower. */
  private List<Entry> fastest(List<Entry> entries) {
    Optional<Entry> best =
        entries.stream()
            .filter(entry -> entry.ratio() != null)
            .min(Comparator.comparing(GroupComparison::ratio));
    // Without an interval nothing is shown yet, and a first place would be a guess.
    boolean shown = entries.stream().anyMatch(entry -> entry.ciLow() != null);
    if (best.isEmpty() || !shown) {
      return List.of();
    }
    UUID winner = best.get().cell();
    return entries.stream()
        .filter(entry -> entry.ratio() != null)
        .filter(entry ->
            entry.cell().equals(winner)
                || rounds
                    .ratio(entry.cell(), winner)
                    .map(ratio -> verdict(ratio) != Verdict.SLOWER)
                    .orElse(false))
        .sorted(Comparator.comparing(GroupComparison::ratio))
        .toList();
  }

  private static double ratio(Entry entry) {
    Double ratio = entry.ratio();
    return ratio == null ? Double.NaN : ratio;
  }

  private static Verdict verdict(PairedRatio ratio) {
    return Decision.of(ratio, Verdict.Better.LOWER, Decision.THRESHOLD).verdict();
  }

  private @Nullable String headline(List<Entry> entries, List<Entry> fastest) {
    long compared = entries.stream().filter(entry -> entry.ratio() != null).count();
    if (compared < 2) {
      return null;
    }
    if (fastest.isEmpty()) {
      int rounds = entries.stream().mapToInt(Entry::rounds).max().orElse(0);
      return "too few rounds for an answer: %d of at least %d".formatted(rounds, FEWEST_ROUNDS);
    }
    Entry best = fastest.getFirst();
    if (fastest.stream().anyMatch(entry -> entry.value().equals(baseline))) {
      String others =
          fastest.stream()
              .filter(entry -> !entry.value().equals(baseline))
              .map(entry -> String.valueOf(entry.value()))
              .collect(Collectors.joining(", "));
      return others.isEmpty()
          ? "nothing is faster than %s".formatted(baseline)
          : "nothing is shown to be faster than %s; as good as it: %s".formatted(baseline, others);
    }
    String tie =
        fastest.stream()
            .skip(1)
            .map(entry -> String.valueOf(entry.value()))
            .collect(Collectors.joining(", "));
    String sentence = "%s is %s than %s".formatted(best.value(), best.sentence(), baseline);
    return tie.isEmpty() ? sentence : sentence + "; not told apart from it: " + tie;
  }
}
