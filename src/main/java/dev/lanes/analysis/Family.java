package dev.lanes.analysis;

import dev.lanes.analysis.CellComparison.Compared;
import dev.lanes.analysis.Comparison.CommonWarning;
import dev.lanes.analysis.Comparison.Entry;
import dev.lanes.analysis.Comparison.Group;
import dev.lanes.analysis.Comparison.Mean;
import dev.lanes.analysis.Comparison.Summary;
import dev.lanes.analysis.Comparison.Warning;
import dev.lanes.catalog.Measure;
import dev.lanes.statistics.Decision;
import dev.lanes.statistics.FalseDiscovery;
import dev.lanes.statistics.GeometricMean;
import dev.lanes.statistics.GeometricMean.Part;
import dev.lanes.statistics.StopRule;
import dev.lanes.statistics.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * All comparisons of an answer: which of them differ by more than their number explains, and what
 * they come to together.
 */
final class Family {

  private static final double LEVEL = FalseDiscovery.LEVEL;

  /** An entry is one of its cell and measure. */
  private record Key(UUID cell, Measure measure) {}

  private final Map<Key, Double> qValues = new LinkedHashMap<>();

  /**
   * @param measures every compared group of the answer, by measure
   */
  Family(Map<Measure, List<GroupComparison.Found>> measures) {
    measures.forEach((measure, groups) ->
        groups.stream()
            .flatMap(group -> group.compared().stream())
            .map(Compared::entry)
            .filter(entry -> entry.pValue() != null)
            .forEach(entry -> qValues.put(new Key(entry.cell(), measure), entry.pValue())));
    double[] q =
        FalseDiscovery.qValues(
            qValues.values().stream().mapToDouble(Double::doubleValue).toArray());
    int next = 0;
    for (Map.Entry<Key, Double> value : qValues.entrySet()) {
      value.setValue(q[next++]);
    }
  }

  /** The groups of one measure, with the q-value of each entry. */
  List<Group> groups(Measure measure, List<GroupComparison.Found> groups) {
    return groups.stream()
        .map(GroupComparison.Found::group)
        .map(group ->
            group.with(group.entries().stream().map(entry -> among(entry, measure)).toList()))
        .toList();
  }

  private Entry among(Entry entry, Measure measure) {
    Double q = qValues.get(new Key(entry.cell(), measure));
    if (q == null) {
      return entry;
    }
    List<Warning> warnings = new ArrayList<>(entry.warnings());
    boolean direction = entry.verdict() == Verdict.FASTER || entry.verdict() == Verdict.SLOWER;
    if (direction && q > LEVEL) {
      warnings.add(
          new Warning(
              WarningCode.BY_CHANCE,
              String.format(
                  Locale.ROOT,
                  "among %d comparisons some differ like this by chance (q %.2f)",
                  qValues.size(),
                  q)));
    }
    return entry.among(q, warnings);
  }

  /** What the entries of one measure come to. */
  Summary summary(Measure measure, List<GroupComparison.Found> groups) {
    List<Compared> counted =
        groups.stream()
            .flatMap(group -> group.compared().stream())
            .filter(compared -> compared.part() != null)
            .toList();
    int better = better(counted, measure);
    int worse = worse(counted, measure);
    return new Summary(
        counted.size(),
        better + worse,
        better,
        worse,
        LEVEL,
        sentence(counted.size(), better, worse, measure),
        means(counted, measure));
  }

  private static String sentence(int compared, int better, int worse, Measure measure) {
    if (compared == 0) {
      return "nothing has been compared";
    }
    int differ = better + worse;
    String found =
        "%d of %s %s at FDR %.0f %%"
            .formatted(
                differ,
                compared == 1 ? "1 cell" : compared + " cells",
                differ == 1 ? "differs" : "differ",
                100 * LEVEL);
    return differ == 0
        ? found
        : "%s: %d %s, %d %s"
            .formatted(found, better, measure.words().better(), worse, measure.words().worse());
  }

  private List<Mean> means(List<Compared> counted, Measure measure) {
    Map<Object, List<Compared>> byValue = new LinkedHashMap<>();
    counted.forEach(compared ->
        byValue.computeIfAbsent(compared.entry().value(), _ -> new ArrayList<>()).add(compared));
    List<Mean> means = new ArrayList<>();
    byValue.forEach((value, of) -> means.add(mean(value, of, measure)));
    return means;
  }

  private Mean mean(Object value, List<Compared> counted, Measure measure) {
    List<Part> parts = counted.stream().map(Compared::part).filter(Objects::nonNull).toList();
    GeometricMean mean = GeometricMean.of(parts, StopRule.CONFIDENCE);
    var interval = mean.interval().orElseThrow();
    return new Mean(
        value,
        parts.size(),
        mean.ratio(),
        interval.lower(),
        interval.upper(),
        StrictMath.exp(parts.stream().mapToDouble(Part::logRatio).min().orElseThrow()),
        StrictMath.exp(parts.stream().mapToDouble(Part::logRatio).max().orElseThrow()),
        better(counted, measure),
        worse(counted, measure),
        Decision.words(mean, measure));
  }

  private int better(List<Compared> counted, Measure measure) {
    return (int) counted.stream().filter(one -> side(one, measure) > 0).count();
  }

  private int worse(List<Compared> counted, Measure measure) {
    return (int) counted.stream().filter(one -> side(one, measure) < 0).count();
  }

  /** Positive where the contender is better at the level, negative where it is worse. */
  private double side(Compared compared, Measure measure) {
    Part part = compared.part();
    Double q = qValues.get(new Key(compared.entry().cell(), measure));
    if (part == null || q == null || q > LEVEL) {
      return 0;
    }
    return switch (measure.better()) {
      case LOWER -> -part.logRatio();
      case HIGHER -> part.logRatio();
    };
  }

  /** The warnings of entries by their code, counted. */
  static List<CommonWarning> warnings(List<Group> groups) {
    Map<WarningCode, CommonWarning> common = new EnumMap<>(WarningCode.class);
    for (Group group : groups) {
      for (Entry entry : group.entries()) {
        entry.warnings().stream()
            .collect(
                Collectors.toMap(
                    Warning::code, Warning::sentence, (first, _) -> first, LinkedHashMap::new))
            .forEach((code, sentence) ->
                common.merge(
                    code,
                    new CommonWarning(code, sentence, 1),
                    (known, _) -> new CommonWarning(code, known.sentence(), known.entries() + 1)));
      }
    }
    return List.copyOf(common.values());
  }
}
