package dev.lanes.analysis;

import dev.lanes.analysis.Comparison.Clean;
import dev.lanes.analysis.Comparison.Control;
import dev.lanes.analysis.Comparison.Entry;
import dev.lanes.analysis.Comparison.Group;
import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Measure;
import dev.lanes.catalog.Outcome;
import dev.lanes.catalog.Quality;
import dev.lanes.result.CellStanding;
import dev.lanes.result.CellStanding.Summary;
import dev.lanes.run.CellView;
import dev.lanes.statistics.Decision;
import dev.lanes.statistics.Interval;
import dev.lanes.statistics.PairedRatio;
import dev.lanes.statistics.RoundStatistic;
import dev.lanes.statistics.StopRule;
import dev.lanes.statistics.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Predicate;
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
    SharedRounds shared) {

  Group of(Map<String, Object> axes, List<CellView> cells) {
    Optional<CellView> reference =
        cells.stream().filter(cell -> baseline.equals(cell.axes().get(pivot))).findFirst();
    Optional<PairedRatio> placebo = reference.flatMap(this::placebo);
    double threshold = Decision.threshold(placebo);
    Optional<Contenders> contenders =
        reference.map(cell -> shared.against(cell, contenders(cell, cells)));
    List<Entry> entries =
        cells.stream().map(cell -> entry(cell, reference, contenders, threshold)).toList();
    List<Entry> fastest = fastest(entries, cells, threshold);
    return new Group(
        axes,
        new Headline(baseline, entries, fastest).sentence(),
        threshold,
        reference
            .flatMap(cell -> shared.first(cell, ArmRole.PLACEBO))
            .flatMap(cell -> placebo.map(ratio -> control(cell, ratio)))
            .orElse(null),
        reference.flatMap(this::anchor).orElse(null),
        reference.map(shared::dirtyRounds).orElse(0),
        fastest.stream().map(Entry::value).toList(),
        entries);
  }

  private Optional<PairedRatio> placebo(CellView reference) {
    return shared
        .first(reference, ArmRole.PLACEBO)
        .flatMap(placebo -> shared.ratio(placebo, shared.repeated(reference)));
  }

  private Optional<Control> anchor(CellView reference) {
    return shared
        .first(reference, ArmRole.ANCHOR)
        .flatMap(anchor -> shared.ratio(reference, anchor).map(ratio -> control(anchor, ratio)));
  }

  private static Control control(CellView cell, PairedRatio ratio) {
    return new Control(cell.id(), ratio.ratio(), low(ratio), high(ratio), ratio.rounds());
  }

  /** The cells whose ratio to the given one is judged. */
  private List<CellView> contenders(CellView reference, List<CellView> cells) {
    return cells.stream()
        .filter(cell -> !cell.id().equals(reference.id()))
        .filter(cell -> SharedRounds.together(cell, reference))
        .filter(cell -> standing(cell).outcome() == Outcome.SUCCEEDED)
        .filter(cell -> standing(cell).quality() != Quality.INVALID)
        .toList();
  }

  private Entry entry(
      CellView cell,
      Optional<CellView> reference,
      Optional<Contenders> contenders,
      double threshold) {
    CellStanding standing = standing(cell);
    if (standing.outcome() != Outcome.SUCCEEDED) {
      return without(cell, standing.reason());
    }
    if (reference.isEmpty() || contenders.isEmpty()) {
      return without(cell, "%s = %s is not part of this group".formatted(pivot, baseline));
    }
    if (reference.get().id().equals(cell.id())) {
      return ofBaseline(cell);
    }
    CellStanding other = standing(reference.get());
    if (other.outcome() != Outcome.SUCCEEDED) {
      String how =
          other.outcome() == null ? "not been measured yet" : "ended as " + other.outcome();
      return without(cell, "the baseline has " + how.toLowerCase(Locale.ROOT));
    }
    if (!SharedRounds.together(reference.get(), cell)) {
      return without(cell, "measured in other rounds than the baseline; not comparable as pairs");
    }
    // An invalid cell is no contender, but what its rounds say is shown with the reason.
    Contenders judged =
        contenders.get().has(cell.id())
            ? contenders.get()
            : shared.against(reference.get(), List.of(cell));
    if (!judged.has(cell.id())) {
      return without(cell, "there are no values of %s to pair".formatted(measure.id()));
    }
    return compared(cell, other, judged, threshold);
  }

  private Entry compared(
      CellView cell, CellStanding reference, Contenders judged, double threshold) {
    CellStanding standing = standing(cell);
    PairedRatio ratio = judged.ratio(cell.id());
    SortedMap<Integer, RoundStatistic> rounds = judged.rounds().get(cell.id());
    String invalid = invalid(standing, reference);
    Decision decision =
        Decision.of(ratio, measure, threshold, judged.adjustedP(cell.id()));
    double total = judged.totalLogRatio(cell.id());
    boolean tailHeavy = Math.abs(total - ratio.logRatio()) > StrictMath.log1p(threshold);
    return new Entry(
        cell.axes().get(pivot),
        cell.id(),
        standing.outcome(),
        null,
        ratio.ratio(),
        low(ratio),
        high(ratio),
        ratio.rounds(),
        invalid == null ? decision.verdict() : Verdict.UNKNOWN,
        invalid == null ? boxed(judged, cell) : null,
        invalid == null && decision.matters(),
        invalid != null || decision.roundsNeeded().isEmpty()
            ? null
            : (Integer) decision.roundsNeeded().getAsInt(),
        invalid == null ? decision.sentence() : invalid,
        standing.quality(),
        standing.qualityReasons(),
        rounds.values().stream().map(round -> StrictMath.exp(round.medianLogRatio())).toList(),
        rounds.keySet().stream().map(shared.dirty(cell)::test).toList(),
        clean(rounds, shared.clean(cell)),
        tailHeavy ? (Double) StrictMath.exp(total) : null,
        median(standing),
        standing.preliminary());
  }

  /** Why no verdict can be given whatever the rounds say; null when one can. */
  private static @Nullable String invalid(CellStanding cell, CellStanding reference) {
    if (cell.quality() == Quality.INVALID) {
      return "not comparable, its figures are invalid: " + Headline.reasons(cell.qualityReasons());
    }
    return reference.quality() == Quality.INVALID
        ? "not comparable, the baseline's figures are invalid: "
            + Headline.reasons(reference.qualityReasons())
        : null;
  }

  private static @Nullable Double boxed(Contenders judged, CellView cell) {
    return judged.adjustedP().get(cell.id());
  }

  private static @Nullable Clean clean(
      SortedMap<Integer, RoundStatistic> rounds, Predicate<Integer> isClean) {
    double[] logRatios = Contenders.logRatios(rounds, isClean);
    if (logRatios.length == 0) {
      return null;
    }
    PairedRatio ratio = PairedRatio.of(logRatios, StopRule.CONFIDENCE);
    return new Clean(ratio.ratio(), low(ratio), high(ratio), ratio.rounds());
  }

  private static @Nullable Double low(PairedRatio ratio) {
    return ratio.interval().map(Interval::lower).orElse(null);
  }

  private static @Nullable Double high(PairedRatio ratio) {
    return ratio.interval().map(Interval::upper).orElse(null);
  }

  private Entry ofBaseline(CellView cell) {
    CellStanding standing = standing(cell);
    boolean invalid = standing.quality() == Quality.INVALID;
    return plain(
        cell,
        null,
        1.0,
        standing.rounds(),
        invalid ? Verdict.UNKNOWN : Verdict.SAME,
        invalid
            ? "the baseline, whose figures are invalid: "
                + Headline.reasons(standing.qualityReasons())
            : "the baseline");
  }

  private Entry without(CellView cell, @Nullable String reason) {
    Verdict verdict = standing(cell).outcome() == Outcome.SUCCEEDED ? Verdict.UNKNOWN : null;
    return plain(cell, reason, null, 0, verdict, null);
  }

  /** An entry that no rounds were paired for. */
  private Entry plain(
      CellView cell,
      @Nullable String reason,
      @Nullable Double ratio,
      int rounds,
      @Nullable Verdict verdict,
      @Nullable String sentence) {
    CellStanding standing = standing(cell);
    return new Entry(
        cell.axes().get(pivot),
        cell.id(),
        standing.outcome(),
        reason,
        ratio,
        null,
        null,
        rounds,
        verdict,
        null,
        false,
        null,
        sentence,
        standing.quality(),
        standing.qualityReasons(),
        List.of(),
        List.of(),
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
  private List<Entry> fastest(List<Entry> entries, List<CellView> cells, double threshold) {
    // Without an interval nothing is shown yet, and a first place would be a guess. Against an
    // invalid baseline, the order of the others would be one too.
    boolean shown = entries.stream().anyMatch(entry -> entry.ciLow() != null);
    boolean trusted =
        entries.stream()
            .filter(entry -> entry.value().equals(baseline))
            .allMatch(entry -> entry.quality() != Quality.INVALID);
    List<Entry> ranked =
        entries.stream()
            .filter(entry -> entry.ratio() != null && entry.quality() != Quality.INVALID)
            .sorted(Comparator.comparing(GroupComparison::ratio))
            .toList();
    if (ranked.isEmpty() || !shown || !trusted) {
      return List.of();
    }
    Entry best = ranked.getFirst();
    CellView winner =
        cells.stream().filter(cell -> cell.id().equals(best.cell())).findFirst().orElseThrow();
    Contenders others = shared.against(winner, contenders(winner, cells));
    List<Entry> fastest = new ArrayList<>();
    for (Entry entry : ranked) {
      // To the baseline, the verdict that is shown decides: it was made among other contenders.
      boolean asGood =
          entry.value().equals(baseline)
              ? best.verdict() != Verdict.FASTER
              : others.has(entry.cell()) && !slower(others, entry.cell(), threshold);
      if (entry.equals(best) || asGood) {
        fastest.add(entry);
      }
    }
    return fastest;
  }

  private static boolean slower(Contenders others, UUID cell, double threshold) {
    return Decision.of(others.ratio(cell), measure, threshold, others.adjustedP(cell))
            .verdict()
        == Verdict.SLOWER;
  }

  private static double ratio(Entry entry) {
    Double ratio = entry.ratio();
    return ratio == null ? Double.NaN : ratio;
  }
}
