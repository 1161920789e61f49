package dev.lanes.analysis;

import dev.lanes.analysis.CellComparison.Compared;
import dev.lanes.analysis.Comparison.Control;
import dev.lanes.analysis.Comparison.Entry;
import dev.lanes.analysis.Comparison.Group;
import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Quality;
import dev.lanes.result.CellStanding;
import dev.lanes.run.CellView;
import dev.lanes.statistics.Decision;
import dev.lanes.statistics.PairedRatio;
import dev.lanes.statistics.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Compares the cells of one group. */
record GroupComparison(Question question, Material material) {

  /** A group with each entry's part in the means. */
  record Found(Group group, List<Compared> compared) {}

  Found of(Map<String, Object> axes, List<CellView> cells) {
    Optional<CellView> reference =
        cells.stream().filter(cell -> question.baseline().equals(question.value(cell))).findFirst();
    double threshold = threshold(cells, reference);
    Optional<Contenders> contenders =
        reference.map(cell -> shared().against(cell, contenders(cell, cells)));
    List<Compared> compared =
        cells.stream().map(cell -> compared(cell, reference, contenders, threshold)).toList();
    List<Entry> entries = compared.stream().map(Compared::entry).toList();
    boolean ranked = entries.stream().noneMatch(entry -> Boolean.FALSE.equals(entry.paired()));
    List<Entry> fastest = ranked ? fastest(entries, cells, threshold) : List.of();
    Group group =
        new Group(
            axes,
            ranked
                ? new Headline(question.baseline(), question.measure(), entries, fastest).sentence()
                : null,
            threshold,
            reference.flatMap(this::placebo).orElse(null),
            reference.flatMap(this::anchor).orElse(null),
            reference.map(shared()::dirtyRounds).orElse(0),
            fastest.stream().map(Entry::value).toList(),
            entries);
    return new Found(group, compared);
  }

  private SharedRounds shared() {
    return material.shared();
  }

  /** What is compared unpaired has two placebos, and sees no more than the noisier side allows. */
  private double threshold(List<CellView> cells, Optional<CellView> reference) {
    double threshold = Decision.threshold(reference.flatMap(shared()::placebo));
    if (reference.isPresent() && question.unpaired()) {
      for (CellView cell : cells) {
        threshold = Math.max(threshold, Decision.threshold(shared().placebo(cell)));
      }
    }
    return threshold;
  }

  private Optional<Control> placebo(CellView reference) {
    return shared()
        .first(reference, ArmRole.PLACEBO)
        .flatMap(cell -> shared().placebo(reference).map(ratio -> control(cell, ratio)));
  }

  private Optional<Control> anchor(CellView reference) {
    return shared()
        .first(reference, ArmRole.ANCHOR)
        .filter(anchor -> !shared().overAnchor(reference).isEmpty())
        .map(anchor -> control(anchor, Contenders.ratio(shared().overAnchor(reference))));
  }

  private static Control control(CellView cell, PairedRatio ratio) {
    return new Control(
        cell.id(),
        ratio.ratio(),
        CellComparison.low(ratio),
        CellComparison.high(ratio),
        ratio.rounds());
  }

  /** The cells whose ratio to the given one is judged. */
  private List<CellView> contenders(CellView reference, List<CellView> cells) {
    return cells.stream()
        .filter(cell -> !cell.id().equals(reference.id()))
        .filter(cell -> SharedRounds.together(cell, reference))
        .filter(cell -> CellComparison.hasFigures(standing(cell)))
        .filter(cell -> standing(cell).quality() != Quality.INVALID)
        .toList();
  }

  private Compared compared(
      CellView cell,
      Optional<CellView> reference,
      Optional<Contenders> contenders,
      double threshold) {
    CellStanding standing = standing(cell);
    if (!CellComparison.hasFigures(standing)) {
      return without(cell, standing.reason());
    }
    if (reference.isEmpty() || contenders.isEmpty()) {
      return without(
          cell,
          "%s = %s is not part of this group".formatted(question.pivot(), question.baseline()));
    }
    CellView baseline = reference.get();
    if (baseline.id().equals(cell.id())) {
      return new Compared(Entries.ofBaseline(question, material, cell), null);
    }
    CellStanding other = standing(baseline);
    if (!CellComparison.hasFigures(other)) {
      String how =
          other.outcome() == null ? "not been measured yet" : "ended as " + other.outcome();
      return without(cell, "the baseline has " + how.toLowerCase(Locale.ROOT));
    }
    CellComparison comparison =
        new CellComparison(question, material, baseline, threshold, shared().number(baseline));
    if (!SharedRounds.together(baseline, cell)) {
      return comparison.unpaired(cell);
    }
    // An invalid cell is no contender, but what its rounds say is shown with the reason.
    Contenders judged =
        contenders.get().has(cell.id())
            ? contenders.get()
            : shared().against(baseline, List.of(cell));
    return judged.has(cell.id())
        ? comparison.paired(cell, judged)
        : new Compared(Entries.withoutValues(question, material, cell), null);
  }

  private Compared without(CellView cell, @Nullable String reason) {
    return new Compared(Entries.without(question, material, cell, reason, null), null);
  }

  private CellStanding standing(CellView cell) {
    return material.standing(cell);
  }

  /** The best entry and all that its rounds do not show to be slower. */
  private List<Entry> fastest(List<Entry> entries, List<CellView> cells, double threshold) {
    // Without an interval nothing is shown yet, and a first place would be a guess. Against an
    // invalid baseline, the order of the others would be one too.
    boolean shown = entries.stream().anyMatch(entry -> entry.ciLow() != null);
    boolean trusted =
        entries.stream()
            .filter(this::isBaseline)
            .allMatch(entry -> entry.quality() != Quality.INVALID);
    List<Entry> ranked =
        entries.stream()
            .filter(entry -> entry.ratio() != null && entry.quality() != Quality.INVALID)
            .sorted(Comparator.comparing(this::cost))
            .toList();
    if (ranked.isEmpty() || !shown || !trusted) {
      return List.of();
    }
    Entry best = ranked.getFirst();
    CellView winner =
        cells.stream().filter(cell -> cell.id().equals(best.cell())).findFirst().orElseThrow();
    Contenders others = shared().against(winner, contenders(winner, cells));
    List<Entry> fastest = new ArrayList<>();
    for (Entry entry : ranked) {
      // To the baseline, the verdict that is shown decides: it was made among other contenders.
      boolean asGood =
          isBaseline(entry)
              ? best.verdict() != Verdict.FASTER
              : others.has(entry.cell()) && !slower(others, entry.cell(), threshold);
      if (entry.equals(best) || asGood) {
        fastest.add(entry);
      }
    }
    return fastest;
  }

  private boolean isBaseline(Entry entry) {
    return entry.value().equals(question.baseline());
  }

  private boolean slower(Contenders others, UUID cell, double threshold) {
    return Decision.of(others.ratio(cell), question.measure(), threshold, others.adjustedP(cell))
            .verdict()
        == Verdict.SLOWER;
  }

  /** Smaller is better, whatever the measure. */
  private double cost(Entry entry) {
    Double ratio = entry.ratio();
    if (ratio == null) {
      return Double.NaN;
    }
    return switch (question.measure().better()) {
      case LOWER -> ratio;
      case HIGHER -> 1 / ratio;
    };
  }
}
