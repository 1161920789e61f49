package dev.lanes.analysis;

import dev.lanes.analysis.Crossing.Ahead;
import dev.lanes.analysis.Crossing.Change;
import dev.lanes.analysis.Crossing.LeftOut;
import dev.lanes.analysis.Crossing.Size;
import dev.lanes.catalog.Measure;
import dev.lanes.catalog.Quality;
import dev.lanes.result.CellStanding;
import dev.lanes.run.CellView;
import dev.lanes.statistics.Crossover;
import dev.lanes.statistics.Interval;
import dev.lanes.statistics.PairedRatio;
import dev.lanes.statistics.StopRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two that are compared at several sizes of the same work.
 *
 * @param x the axis of the size
 * @param a name of the contender, {@code b} of the baseline
 */
record CrossingSizes(String x, String a, String b, Measure measure, Material material, long seed) {

  /** The two cells of one size; either may be missing. */
  record Pair(double size, @Nullable CellView a, @Nullable CellView b) {}

  /** A size with what its rounds say, as the natural logarithm of a over b. */
  private record Measured(Pair pair, double[] logRatios) {
    CellView a() {
      return Objects.requireNonNull(pair.a());
    }

    CellView b() {
      return Objects.requireNonNull(pair.b());
    }
  }

  Crossing told(Map<String, Object> axes, List<CellView> as, List<CellView> bs) {
    List<LeftOut> leftOut = new ArrayList<>();
    List<Measured> used = new ArrayList<>();
    for (Pair pair : pairs(as, bs)) {
      unusable(pair)
          .ifPresentOrElse(
              reason -> leftOut.add(new LeftOut(pair.size(), reason)),
              () -> used.add(new Measured(pair, logRatios(pair))));
    }
    // Where more is better, the better one has the greater value.
    int sign = measure.better() == Measure.Better.LOWER ? 1 : -1;
    Crossover found =
        Crossover.of(
            used.stream().mapToDouble(size -> size.pair().size()).toArray(),
            used.stream()
                .map(size -> Arrays.stream(size.logRatios()).map(log -> sign * log).toArray())
                .toArray(double[][]::new),
            seed);
    List<Size> sizes = new ArrayList<>();
    for (int i = 0; i < used.size(); i++) {
      sizes.add(size(used.get(i), ahead(found.sides().get(i))));
    }
    List<Change> changes =
        found.changes().stream()
            .map(change -> new Change(change.from(), change.to(), ahead(change.ahead())))
            .toList();
    return new Crossing(
        axes,
        found.status(),
        new CrossingSentence(this, found, sizes).text(),
        boxed(found.size()),
        boxed(found.lower()),
        boxed(found.upper()),
        boxed(found.octaves()),
        changes,
        sizes,
        leftOut,
        warnings(used),
        Stream.concat(as.stream(), bs.stream())
            .anyMatch(cell -> material.standing(cell).preliminary()));
  }

  /** Ascending by size. */
  private List<Pair> pairs(List<CellView> as, List<CellView> bs) {
    SortedMap<Double, CellView> ofA = bySize(as);
    SortedMap<Double, CellView> ofB = bySize(bs);
    return Stream.concat(ofA.keySet().stream(), ofB.keySet().stream())
        .distinct()
        .sorted()
        .map(size -> new Pair(size, ofA.get(size), ofB.get(size)))
        .toList();
  }

  private SortedMap<Double, CellView> bySize(List<CellView> cells) {
    SortedMap<Double, CellView> bySize = new TreeMap<>();
    cells.forEach(cell -> bySize.put(((Number) cell.axes().get(x)).doubleValue(), cell));
    return bySize;
  }

  private Optional<String> unusable(Pair pair) {
    if (pair.size() <= 0) {
      return Optional.of("a size of 0 has no place on a scale of ratios");
    }
    if (pair.a() == null || pair.b() == null) {
      return Optional.of("%s was not asked for".formatted(pair.a() == null ? a : b));
    }
    for (CellView cell : List.of(pair.a(), pair.b())) {
      CellStanding standing = material.standing(cell);
      String name = cell == pair.a() ? a : b;
      if (!CellComparison.hasFigures(standing)) {
        return Optional.of(name + " " + standing.ending());
      }
      if (standing.quality() == Quality.INVALID) {
        return Optional.of(
            "the figures of %s are invalid: %s"
                .formatted(name, Headline.reasons(standing.qualityReasons())));
      }
    }
    if (!SharedRounds.together(pair.a(), pair.b())) {
      return Optional.of("the two were not measured in the same rounds");
    }
    return material.shared().rounds(pair.a(), pair.b()).isEmpty()
        ? Optional.of("there are no values of %s to pair".formatted(measure.id()))
        : Optional.empty();
  }

  private double[] logRatios(Pair pair) {
    return Contenders.logRatios(
        material
            .shared()
            .rounds(Objects.requireNonNull(pair.a()), Objects.requireNonNull(pair.b())),
        _ -> true);
  }

  private Size size(Measured measured, Ahead ahead) {
    PairedRatio ratio = PairedRatio.of(measured.logRatios(), StopRule.CONFIDENCE);
    Optional<Interval> interval = ratio.interval();
    CellStanding worse = worse(measured);
    return new Size(
        measured.pair().size(),
        measured.a().id(),
        measured.b().id(),
        ratio.rounds(),
        ratio.ratio(),
        interval.map(Interval::lower).orElse(null),
        interval.map(Interval::upper).orElse(null),
        ahead,
        worse.quality(),
        worse.qualityReasons());
  }

  private CellStanding worse(Measured measured) {
    CellStanding one = material.standing(measured.a());
    CellStanding other = material.standing(measured.b());
    if (one.quality() == null || other.quality() == null) {
      return one.quality() == null ? other : one;
    }
    return one.quality().compareTo(other.quality()) >= 0 ? one : other;
  }

  private List<String> warnings(List<Measured> used) {
    List<String> warnings = new ArrayList<>();
    for (Measured measured : used) {
      CellStanding worse = worse(measured);
      Quality quality = worse.quality();
      if (quality != null && quality != Quality.STABLE) {
        warnings.add(
            "%s %s is %s: %s"
                .formatted(
                    x,
                    CrossingSentence.number(measured.pair().size()),
                    quality.name().toLowerCase(Locale.ROOT),
                    Headline.reasons(worse.qualityReasons())));
      }
    }
    return warnings;
  }

  static Ahead ahead(Crossover.Side side) {
    return switch (side) {
      case CONTENDER -> Ahead.A;
      case BASELINE -> Ahead.B;
      case UNDECIDED -> Ahead.NEITHER;
    };
  }

  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() ? (Double) value.getAsDouble() : null;
  }
}
