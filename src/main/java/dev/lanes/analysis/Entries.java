package dev.lanes.analysis;

import dev.lanes.analysis.Comparison.Entry;
import dev.lanes.catalog.Outcome;
import dev.lanes.catalog.Quality;
import dev.lanes.result.CellStanding;
import dev.lanes.result.CellStanding.Summary;
import dev.lanes.run.CellView;
import dev.lanes.statistics.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries of cells that are compared with nothing: the baseline, and those without a ratio. */
final class Entries {

  private Entries() {}

  static Entry ofBaseline(Question question, Material material, CellView cell) {
    CellStanding standing = material.standing(cell);
    boolean invalid = standing.quality() == Quality.INVALID;
    return plain(
        question,
        standing,
        cell,
        null,
        null,
        1.0,
        standing.rounds(),
        invalid ? Verdict.UNKNOWN : Verdict.SAME,
        invalid
            ? "the baseline, whose figures are invalid: "
                + Headline.reasons(standing.qualityReasons())
            : "the baseline");
  }

  /**
   * A cell without a ratio.
   *
   * @param reason why
   * @param needs what would have to be asked for; null where nothing helps
   */
  static Entry without(
      Question question,
      Material material,
      CellView cell,
      @Nullable String reason,
      @Nullable String needs) {
    CellStanding standing = material.standing(cell);
    Verdict verdict = standing.outcome() == Outcome.SUCCEEDED ? Verdict.UNKNOWN : null;
    return plain(question, standing, cell, reason, needs, null, 0, verdict, null);
  }

  static Entry withoutValues(Question question, Material material, CellView cell) {
    String reason = "there are no values of %s to pair".formatted(question.measure().id());
    return without(question, material, cell, reason, null);
  }

  private static Entry plain(
      Question question,
      CellStanding standing,
      CellView cell,
      @Nullable String reason,
      @Nullable String needs,
      @Nullable Double ratio,
      int rounds,
      @Nullable Verdict verdict,
      @Nullable String sentence) {
    Summary summary = standing.measures().get(question.measure());
    return new Entry(
        question.value(cell),
        cell.id(),
        standing.outcome(),
        reason,
        needs,
        ratio,
        null,
        null,
        null,
        rounds,
        verdict,
        null,
        null,
        null,
        null,
        false,
        null,
        sentence,
        List.of(),
        standing.quality(),
        standing.qualityReasons(),
        List.of(),
        List.of(),
        null,
        null,
        summary == null ? null : (Double) summary.median(),
        standing.preliminary());
  }
}
