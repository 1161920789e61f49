package dev.lanes.analysis;

import dev.lanes.analysis.Transfer.Estimate;
import dev.lanes.analysis.Transfer.LeftOut;
import dev.lanes.analysis.Transfer.Size;
import dev.lanes.analysis.Transfer.Unit;
import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Measure;
import dev.lanes.catalog.Outcome;
import dev.lanes.catalog.Quality;
import dev.lanes.result.CellStanding;
import dev.lanes.result.CellStanding.Summary;
import dev.lanes.result.RoundSamples;
import dev.lanes.run.CellView;
import dev.lanes.statistics.Decision;
import dev.lanes.statistics.MedianInterval;
import dev.lanes.statistics.TransferFit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The sizes at which one mechanism was measured with one payload.
 *
 * @param axes what the cells have in common
 * @param rounds samples of {@code steady_seconds} by cell
 */
record TransferSizes(
    Map<String, Object> axes,
    Map<UUID, CellStanding> standings,
    Map<UUID, List<RoundSamples>> rounds,
    SharedRounds shared) {

  static final String SIZE = "size";

  /** The model under which a batch is one round trip after the other and nothing else. */
  private static final String ONE_BY_ONE = "sequential";

  private static final int DOUBLE_BYTES = 8;

  /** Fits a line to the cells that can be used. */
  Transfer fitted(List<CellView> cells, long seed) {
    List<CellView> ascending = cells.stream().sorted(Comparator.comparing(this::size)).toList();
    List<LeftOut> leftOut = new ArrayList<>();
    List<CellView> used = new ArrayList<>();
    for (CellView cell : ascending) {
      Optional<String> reason = unusable(cell);
      reason.ifPresentOrElse(
          text -> leftOut.add(new LeftOut(size(cell), cell.id(), text)), () -> used.add(cell));
    }
    double margin = Math.max(Decision.THRESHOLD, anchorsDiffer(used).orElse(0));
    TransferFit fit =
        TransferFit.of(
            used.stream().mapToDouble(this::size).toArray(),
            used.stream().map(this::roundTrips).toArray(double[][]::new),
            margin,
            seed);
    boolean told = fit.status() != TransferFit.Status.NOT_IDENTIFIABLE;
    Optional<TransferFit.Line> line = fit.line().filter(_ -> told);
    return new Transfer(
        axes,
        fit.status(),
        fit.reason().orElse(null),
        unit(),
        line.map(TransferSizes::alpha).orElse(null),
        line.map(TransferSizes::beta).orElse(null),
        line.map(TransferFit.Line::worstMiss).orElse(null),
        margin,
        sizes(used, line),
        leftOut,
        warnings(used, line),
        cells.stream().anyMatch(cell -> standing(cell).preliminary()));
  }

  private Unit unit() {
    return switch (String.valueOf(axes.get("payload"))) {
      case "bytes", "text", "array" -> Unit.BYTES;
      default -> Unit.ITEMS;
    };
  }

  /** What is handed over, in the unit: an array is rounded up to whole doubles. */
  private long size(CellView cell) {
    long asked = ((Number) cell.parameters().get(SIZE)).longValue();
    return "array".equals(axes.get("payload"))
        ? Math.ceilDiv(asked, DOUBLE_BYTES) * DOUBLE_BYTES
        : asked;
  }

  /** Why a cell's times cannot be used; empty when they can. */
  private Optional<String> unusable(CellView cell) {
    CellStanding standing = standing(cell);
    Outcome outcome = standing.outcome();
    if (!ONE_BY_ONE.equals(cell.model())) {
      return Optional.of(
          "measured under %s: a batch is one round trip after the other under %s only"
              .formatted(cell.model(), ONE_BY_ONE));
    }
    if (outcome == null) {
      return Optional.of("not measured yet");
    }
    if (outcome != Outcome.SUCCEEDED) {
      String ending = outcome.name().toLowerCase(Locale.ROOT);
      return Optional.of(Objects.requireNonNullElse(standing.reason(), "ended as " + ending));
    }
    if (standing.quality() == Quality.INVALID) {
      return Optional.of("its figures are invalid: " + Headline.reasons(standing.qualityReasons()));
    }
    double[] roundTrips = roundTrips(cell);
    if (roundTrips.length < TransferFit.FEWEST_ROUNDS) {
      return Optional.of(
          "%d of at least %d rounds".formatted(roundTrips.length, TransferFit.FEWEST_ROUNDS));
    }
    return Arrays.stream(roundTrips).allMatch(seconds -> seconds > 0)
        ? Optional.empty()
        : Optional.of("a round trip of no time: the clock was too coarse");
  }

  /** Seconds of one round trip in each round; a batch is {@code tasks} of them. */
  private double[] roundTrips(CellView cell) {
    return rounds.getOrDefault(cell.id(), List.of()).stream()
        .mapToDouble(round -> MedianInterval.of(round.counted()).median() / cell.tasks())
        .toArray();
  }

  /**
   * By how much the anchor's time differs between the rounds of these cells, relatively: the one
   * thing that was measured beside all sizes, and does not depend on them. Empty where it is
   * missing beside one of them.
   */
  private OptionalDouble anchorsDiffer(List<CellView> used) {
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (CellView cell : used) {
      Optional<Double> anchor = shared.first(cell, ArmRole.ANCHOR).flatMap(this::steadyMedian);
      if (anchor.isEmpty()) {
        return OptionalDouble.empty();
      }
      least = Math.min(least, anchor.get());
      most = Math.max(most, anchor.get());
    }
    return most > 0 && least > 0 ? OptionalDouble.of(most / least - 1) : OptionalDouble.empty();
  }

  private Optional<Double> steadyMedian(CellView cell) {
    return Optional.ofNullable(standing(cell).measures().get(Measure.STEADY_SECONDS))
        .map(Summary::median);
  }

  private static Estimate alpha(TransferFit.Line line) {
    var latency = line.latency();
    return new Estimate(latency.value(), latency.interval().lower(), latency.interval().upper());
  }

  private static Estimate beta(TransferFit.Line line) {
    return new Estimate(
        line.costTold() ? boxed(line.bandwidth()) : null,
        boxed(line.leastBandwidth()),
        boxed(line.mostBandwidth()));
  }

  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() ? (Double) value.getAsDouble() : null;
  }

  private List<Size> sizes(List<CellView> used, Optional<TransferFit.Line> line) {
    List<Size> sizes = new ArrayList<>();
    for (int i = 0; i < used.size(); i++) {
      CellView cell = used.get(i);
      double[] roundTrips = roundTrips(cell);
      int index = i;
      sizes.add(
          new Size(
              size(cell),
              cell.id(),
              roundTrips.length,
              MedianInterval.of(roundTrips).median(),
              line.map(fitted -> fitted.misses().get(index)).orElse(null),
              standing(cell).quality(),
              standing(cell).qualityReasons()));
    }
    return sizes;
  }

  private List<String> warnings(List<CellView> used, Optional<TransferFit.Line> line) {
    List<String> warnings = new ArrayList<>();
    if (line.isEmpty()) {
      return warnings;
    }
    double worst = line.get().worstMiss();
    if (worst > TransferFit.WORST_MISS) {
      warnings.add(
          "no straight line: a size is missed by %.0f %%, so neither figure holds for all sizes"
              .formatted(100 * worst));
    }
    if (!line.get().latencyTold()) {
      warnings.add("the latency is not told apart from none: take smaller sizes");
    }
    OptionalDouble differ = anchorsDiffer(used);
    if (differ.isEmpty()) {
      warnings.add("no anchor was measured, so what the host did between sizes is not known");
    } else if (differ.getAsDouble() > Decision.THRESHOLD) {
      warnings.add(
          "the host changed between sizes: the anchor's time differs by %.0f %%"
              .formatted(100 * differ.getAsDouble()));
    }
    for (CellView cell : used) {
      CellStanding standing = standing(cell);
      Quality quality = standing.quality();
      if (quality != null && quality != Quality.STABLE) {
        warnings.add(
            "size %d is %s: %s"
                .formatted(
                    size(cell),
                    quality.name().toLowerCase(Locale.ROOT),
                    Headline.reasons(standing.qualityReasons())));
      }
    }
    return warnings;
  }

  private CellStanding standing(CellView cell) {
    return Objects.requireNonNull(standings.get(cell.id()));
  }
}
