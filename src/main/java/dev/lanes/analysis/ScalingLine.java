package dev.lanes.analysis;

import dev.lanes.analysis.Scaling.Estimate;
import dev.lanes.analysis.Scaling.Fit;
import dev.lanes.analysis.Scaling.LeftOut;
import dev.lanes.analysis.Scaling.Point;
import dev.lanes.analysis.Scaling.Reference;
import dev.lanes.catalog.Measure;
import dev.lanes.catalog.Quality;
import dev.lanes.result.CellStanding;
import dev.lanes.result.CellStanding.Summary;
import dev.lanes.run.CellView;
import dev.lanes.statistics.Interval;
import dev.lanes.statistics.PairedRatio;
import dev.lanes.statistics.RoundStatistic;
import dev.lanes.statistics.ScalingFit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one model with one interpreter that do the same work with different numbers of
 * workers.
 *
 * @param cells ascending by number of workers, at least one
 * @param sequential the plain program beside them; null when there is none
 * @param time which time: {@code steady_seconds} or {@code total_seconds}
 * @param materials with the figures of that time and of {@code cpu_seconds}
 */
record ScalingLine(
    List<CellView> cells,
    @Nullable CellView sequential,
    Measure time,
    Map<Measure, Material> materials,
    long seed) {

  static final String WORKERS = "parallelism";

  /**
   * Workers beyond the processors say nothing of a law, unless they hardly need any: a share of the
   * processors' time up to which they are taken to wait for something else.
   */
  private static final double WAITING = 0.1;

  ScalingLine {
    cells = cells.stream().sorted(Comparator.comparingInt(CellView::parallelism)).toList();
  }

  Scaling told() {
    List<LeftOut> leftOut = new ArrayList<>();
    List<CellView> used = new ArrayList<>();
    for (CellView cell : cells) {
      unusable(cell)
          .ifPresentOrElse(
              reason -> leftOut.add(new LeftOut(cell.parallelism(), cell.id(), reason)),
              () -> used.add(cell));
    }
    Optional<CellView> one = used.stream().filter(cell -> cell.parallelism() == 1).findFirst();
    Optional<CellView> plain =
        Optional.ofNullable(sequential).filter(cell -> unusable(cell).isEmpty());
    Optional<CellView> reference = plain.or(() -> one);
    return new Scaling(
        Comparisons.without(cells.getFirst().axes(), WORKERS),
        plain.isPresent()
            ? Reference.SEQUENTIAL
            : one.isPresent() ? Reference.ONE_WORKER : Reference.NONE,
        reference.map(CellView::id).orElse(null),
        used.stream().map(cell -> point(cell, reference, one)).toList(),
        leftOut,
        fit(used),
        warnings(used),
        cells.stream().anyMatch(cell -> standing(cell).preliminary()));
  }

  /** Why a cell's times cannot be used; empty when they can. */
  private Optional<String> unusable(CellView cell) {
    CellStanding standing = standing(cell);
    if (!CellComparison.hasFigures(standing)) {
      return Optional.of(standing.ending());
    }
    if (standing.quality() == Quality.INVALID) {
      return Optional.of("its figures are invalid: " + Headline.reasons(standing.qualityReasons()));
    }
    return standing.measures().containsKey(time)
        ? Optional.empty()
        : Optional.of("there are no values of " + time.id());
  }

  private Point point(CellView cell, Optional<CellView> reference, Optional<CellView> one) {
    CellStanding standing = standing(cell);
    Summary summary = Objects.requireNonNull(standing.measures().get(time));
    int workers = cell.parallelism();
    Optional<PairedRatio> speedUp = reference.flatMap(plain -> over(plain, cell));
    Optional<PairedRatio> own =
        workers < 2 ? Optional.empty() : one.flatMap(single -> over(single, cell));
    OptionalInt processors = processors(cell);
    return new Point(
        workers,
        cell.id(),
        summary.n(),
        summary.median(),
        speedUp.map(ratio -> estimate(ratio, value -> value)).orElse(null),
        speedUp.map(ratio -> estimate(ratio, value -> value / workers)).orElse(null),
        own.map(ratio -> estimate(ratio, value -> ScalingFit.serialFraction(value, workers)))
            .orElse(null),
        processors.isPresent() ? (Integer) processors.getAsInt() : null,
        oversubscribed(cell),
        standing.quality(),
        standing.qualityReasons());
  }

  /** Time of one cell over that of another, in the rounds that they share. */
  private Optional<PairedRatio> over(CellView one, CellView other) {
    return one.id().equals(other.id()) || SharedRounds.together(one, other)
        ? shared().ratio(one, other)
        : Optional.empty();
  }

  /**
   * Of a figure that is a monotone function of a ratio, so that its ends are those of the ratio.
   */
  private static Estimate estimate(PairedRatio ratio, DoubleUnaryOperator figure) {
    Optional<Interval> interval = ratio.interval();
    double[] ends =
        interval
            .map(found ->
                new double[] {
                  figure.applyAsDouble(found.lower()), figure.applyAsDouble(found.upper())
                })
            .orElse(null);
    return new Estimate(
        figure.applyAsDouble(ratio.ratio()),
        ends == null ? null : (Double) Math.min(ends[0], ends[1]),
        ends == null ? null : (Double) Math.max(ends[0], ends[1]));
  }

  private Fit fit(List<CellView> used) {
    List<CellView> fitted = used.stream().filter(cell -> !oversubscribed(cell)).toList();
    if (fitted.size() < ScalingFit.FEWEST_NUMBERS) {
      return notFitted(tooFew(used, fitted));
    }
    CellView base = fitted.getFirst();
    if (!fitted.stream().allMatch(cell -> SharedRounds.together(cell, base))) {
      return notFitted("the numbers of workers were not measured in the same rounds");
    }
    double[] workers = fitted.stream().mapToDouble(CellView::parallelism).toArray();
    ScalingFit fit = ScalingFit.of(workers, logTimes(fitted, base), seed);
    return new Fit(
        fit.law(),
        fit.reason().orElse(null),
        fit.contention().map(ScalingLine::estimate).orElse(null),
        fit.coherency().map(ScalingLine::estimate).orElse(null),
        fit.peak().map(ScalingLine::estimate).orElse(null),
        fit.misses().isEmpty() ? null : (Double) fit.worstMiss());
  }

  /** By round and cell, in units of the first cell's time; only rounds that all of them have. */
  private double[][] logTimes(List<CellView> fitted, CellView base) {
    List<SortedMap<Integer, RoundStatistic>> rounds =
        fitted.stream().map(cell -> shared().rounds(cell, base)).toList();
    Collection<Integer> common = new TreeSet<>(rounds.getFirst().keySet());
    rounds.forEach(of -> common.retainAll(of.keySet()));
    return common.stream()
        .map(round ->
            rounds.stream()
                .mapToDouble(of -> Objects.requireNonNull(of.get(round)).medianLogRatio())
                .toArray())
        .toArray(double[][]::new);
  }

  private String tooFew(List<CellView> used, List<CellView> fitted) {
    String few =
        "%d of at least %d numbers of workers".formatted(fitted.size(), ScalingFit.FEWEST_NUMBERS);
    OptionalInt processors =
        used.stream().map(this::processors).flatMapToInt(OptionalInt::stream).max();
    return used.size() > fitted.size() && processors.isPresent()
        ? "%s: on %d processors more workers tell nothing of a law"
            .formatted(few, processors.getAsInt())
        : few;
  }

  private static Fit notFitted(String reason) {
    return new Fit(ScalingFit.Law.NOT_IDENTIFIABLE, reason, null, null, null, null);
  }

  private static Estimate estimate(ScalingFit.Estimate told) {
    return new Estimate(told.value(), told.interval().lower(), told.interval().upper());
  }

  private boolean oversubscribed(CellView cell) {
    OptionalInt processors = processors(cell);
    return processors.isPresent()
        && cell.parallelism() > processors.getAsInt()
        && busy(cell).orElse(Double.MAX_VALUE) > WAITING * processors.getAsInt();
  }

  /** Those that the process was seen to be allowed on. */
  private OptionalInt processors(CellView cell) {
    return standing(cell).environment().get("cpus") instanceof Collection<?> cpus
        ? OptionalInt.of(cpus.size())
        : OptionalInt.empty();
  }

  /** How many processors the cell kept busy while warm workers ran a batch. */
  private Optional<Double> busy(CellView cell) {
    Summary used = standing(cell).measures().get(Measure.CPU_SECONDS);
    Summary wall = standing(cell).measures().get(Measure.STEADY_SECONDS);
    return used == null || wall == null || wall.median() <= 0
        ? Optional.empty()
        : Optional.of(used.median() / wall.median());
  }

  private List<String> warnings(List<CellView> used) {
    List<String> warnings = new ArrayList<>();
    for (CellView cell : used) {
      CellStanding standing = standing(cell);
      Quality quality = standing.quality();
      if (quality != null && quality != Quality.STABLE) {
        warnings.add(
            "parallelism %d is %s: %s"
                .formatted(
                    cell.parallelism(),
                    quality.name().toLowerCase(Locale.ROOT),
                    Headline.reasons(standing.qualityReasons())));
      }
    }
    return warnings;
  }

  private SharedRounds shared() {
    return Objects.requireNonNull(materials.get(time)).shared();
  }

  private CellStanding standing(CellView cell) {
    return Objects.requireNonNull(materials.get(time)).standing(cell);
  }
}
