package dev.lanes.analysis;

import dev.lanes.analysis.Comparison.Clean;
import dev.lanes.analysis.Comparison.Entry;
import dev.lanes.catalog.Outcome;
import dev.lanes.catalog.Quality;
import dev.lanes.result.CellStanding;
import dev.lanes.result.CellStanding.Summary;
import dev.lanes.run.CellView;
import dev.lanes.statistics.Decision;
import dev.lanes.statistics.GeometricMean.Part;
import dev.lanes.statistics.Interval;
import dev.lanes.statistics.PairedRatio;
import dev.lanes.statistics.Ratio;
import dev.lanes.statistics.RoundStatistic;
import dev.lanes.statistics.SignedRank;
import dev.lanes.statistics.StopRule;
import dev.lanes.statistics.Superiority;
import dev.lanes.statistics.UnpairedRatio;
import dev.lanes.statistics.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares one cell with the baseline of its group.
 *
 * @param threshold smallest relative difference that matters
 * @param cluster number of the rounds that the baseline was measured in
 */
record CellComparison(
    Question question, Material material, CellView reference, double threshold, int cluster) {

  /**
   * An entry with its part in a mean.
   *
   * @param part null where the entry has no interval or its figures are invalid
   */
  record Compared(Entry entry, @Nullable Part part) {}

  /** What was found of a ratio, however it was measured. */
  private record Found(
      Ratio ratio,
      boolean paired,
      OptionalDouble adjustedP,
      @Nullable Double pValue,
      double totalLogRatio,
      List<Double> roundRatios,
      List<Boolean> roundDirty,
      @Nullable Clean clean) {}

  /** A cell in the rounds that it shares with the baseline. */
  Compared paired(CellView cell, Contenders judged) {
    SortedMap<Integer, RoundStatistic> rounds = judged.rounds().get(cell.id());
    PairedRatio ratio = judged.ratio(cell.id());
    double[] logRatios = Contenders.logRatios(rounds, _ -> true);
    SharedRounds shared = material.shared();
    Doubts doubts = doubts(cell, ratio);
    doubts.modes("the ratio", logRatios);
    Found found =
        new Found(
            ratio,
            true,
            judged.adjustedP(cell.id()),
            ratio.logInterval().isPresent() ? (Double) SignedRank.pValue(logRatios) : null,
            judged.totalLogRatio(cell.id()),
            rounds.values().stream().map(round -> StrictMath.exp(round.medianLogRatio())).toList(),
            rounds.keySet().stream().map(shared.dirty(cell)::test).toList(),
            clean(rounds, shared.clean(cell)));
    Entry entry = entry(cell, found, doubts);
    return new Compared(entry, counts(entry) ? Part.paired(cluster, ratio, logRatios) : null);
  }

  /** A cell that was measured in other rounds than the baseline. */
  Compared unpaired(CellView cell) {
    if (!question.unpaired()) {
      String reason = "measured in other rounds than the baseline; not comparable as pairs";
      return new Compared(Entries.without(question, material, cell, reason, "unpaired=true"), null);
    }
    Differences differences = Differences.between(cell, reference, material, question);
    Across refused = differences.refused();
    if (refused != null) {
      String reason =
          "%s; not comparable unless asked for by %s"
              .formatted(differences.reason(), refused.asked());
      return new Compared(Entries.without(question, material, cell, reason, refused.asked()), null);
    }
    Optional<UnpairedRounds> rounds =
        UnpairedRounds.of(cell, reference, material.shared(), differences.anchored());
    return rounds
        .map(found -> unpaired(cell, found, differences))
        .orElseGet(() -> new Compared(Entries.withoutValues(question, material, cell), null));
  }

  private Compared unpaired(CellView cell, UnpairedRounds rounds, Differences differences) {
    UnpairedRatio ratio = rounds.ratio();
    Doubts doubts = doubts(cell, ratio);
    doubts.add(differences.warnings());
    doubts.modes(String.valueOf(question.value(cell)), rounds.ofContender());
    doubts.modes("the baseline", rounds.ofBaseline());
    Double pValue = ratio.pValue().isPresent() ? (Double) ratio.pValue().getAsDouble() : null;
    Found found =
        new Found(
            ratio,
            false,
            OptionalDouble.empty(),
            pValue,
            rounds.totalLogRatio(),
            List.of(),
            List.of(),
            null);
    Entry entry = entry(cell, found, doubts);
    return new Compared(entry, counts(entry) ? rounds.part(cluster, ratio) : null);
  }

  private Doubts doubts(CellView cell, Ratio ratio) {
    Doubts doubts = new Doubts(threshold);
    doubts.rounds(ratio.rounds());
    doubts.quality(named(cell), material.standing(cell));
    doubts.quality("the baseline", material.standing(reference));
    return doubts;
  }

  private String named(CellView cell) {
    return question.pivot().equals(Question.RUN)
        ? "this run's cell"
        : String.valueOf(question.value(cell));
  }

  private static boolean counts(Entry entry) {
    return entry.pValue() != null;
  }

  private Entry entry(CellView cell, Found found, Doubts doubts) {
    CellStanding standing = material.standing(cell);
    Ratio ratio = found.ratio();
    String invalid = invalid(standing);
    boolean valid = invalid == null;
    Decision decision = Decision.of(ratio, question.measure(), threshold, found.adjustedP());
    boolean tailHeavy =
        Math.abs(found.totalLogRatio() - ratio.logRatio()) > StrictMath.log1p(threshold);
    Double total = tailHeavy ? (Double) StrictMath.exp(found.totalLogRatio()) : null;
    if (total != null) {
      doubts.total(total);
    }
    return new Entry(
        question.value(cell),
        cell.id(),
        standing.outcome(),
        null,
        null,
        ratio.ratio(),
        low(ratio),
        high(ratio),
        found.paired(),
        ratio.rounds(),
        valid ? decision.verdict() : Verdict.UNKNOWN,
        valid ? boxed(found.adjustedP()) : null,
        valid ? found.pValue() : null,
        null,
        valid ? chance(cell) : null,
        valid && decision.matters(),
        valid && decision.roundsNeeded().isPresent()
            ? (Integer) decision.roundsNeeded().getAsInt()
            : null,
        valid ? decision.sentence() : invalid,
        doubts.warnings(),
        standing.quality(),
        standing.qualityReasons(),
        found.roundRatios(),
        found.roundDirty(),
        found.clean(),
        total,
        median(standing),
        standing.preliminary());
  }

  private @Nullable Double chance(CellView cell) {
    double[] of = material.shared().values(cell);
    double[] over = material.shared().values(reference);
    return of.length == 0 || over.length == 0
        ? null
        : (Double) Superiority.of(of, over, question.measure().better());
  }

  /** Why no verdict can be given whatever the rounds say; null when one can. */
  private @Nullable String invalid(CellStanding cell) {
    if (cell.quality() == Quality.INVALID) {
      return "not comparable, its figures are invalid: " + Headline.reasons(cell.qualityReasons());
    }
    CellStanding baseline = material.standing(reference);
    return baseline.quality() == Quality.INVALID
        ? "not comparable, the baseline's figures are invalid: "
            + Headline.reasons(baseline.qualityReasons())
        : null;
  }

  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() ? (Double) value.getAsDouble() : null;
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

  static @Nullable Double low(Ratio ratio) {
    return ratio.interval().map(Interval::lower).orElse(null);
  }

  static @Nullable Double high(Ratio ratio) {
    return ratio.interval().map(Interval::upper).orElse(null);
  }

  private @Nullable Double median(CellStanding standing) {
    Summary summary = standing.measures().get(question.measure());
    return summary == null ? null : (Double) summary.median();
  }

  /** Whether the cell has figures to compare. */
  static boolean hasFigures(CellStanding standing) {
    return standing.outcome() == Outcome.SUCCEEDED;
  }
}
