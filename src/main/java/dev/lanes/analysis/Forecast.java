package dev.lanes.analysis;

import dev.lanes.result.MeasuredGroup;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How long a job will take, from what its groups took before. A round takes what its arms took in
 * the rounds of earlier groups of the same work; the rounds that are needed grow with the square of
 * the precision that is asked for, as intervals shrink with the root of their number.
 */
final class Forecast {

  /** The newest ones: hosts and interpreters change. */
  private static final int LATEST = 10;

  private final List<MeasuredGroup> past;

  /**
   * @param past the newest first
   */
  Forecast(List<MeasuredGroup> past) {
    this.past = past;
  }

  /** What is asked of a group: its work, how many arms, how precisely. */
  record Asked(
      String workload,
      Map<String, Object> parameters,
      int tasks,
      List<Integer> parallelisms,
      int arms,
      double halfWidth,
      int minRounds,
      int maxRounds) {

    static Asked again(MeasuredGroup group) {
      return new Asked(
          group.workload(),
          group.parameters(),
          group.tasks(),
          group.parallelisms(),
          group.arms(),
          group.halfWidth(),
          group.minRounds(),
          group.maxRounds());
    }

    /** By value: the same number may be a long here and an integer there. */
    private boolean sameWork(MeasuredGroup group) {
      return workload.equals(group.workload())
          && tasks == group.tasks()
          && parallelisms.equals(group.parallelisms())
          && new TreeMap<>(parameters)
              .toString()
              .equals(new TreeMap<>(group.parameters()).toString());
    }
  }

  /**
   * What a group takes; empty where its work was never measured.
   *
   * @param before only attempts with a smaller fence are known
   */
  private Optional<Range> range(Asked asked, long before) {
    List<MeasuredGroup> same =
        past.stream()
            .filter(group -> group.fence() < before && asked.sameWork(group))
            .limit(LATEST)
            .toList();
    if (same.isEmpty()) {
      return Optional.empty();
    }
    double round =
        asked.arms()
            * median(
                same, group -> group.roundSeconds() / ((double) group.rounds() * group.arms()));
    double rounds = median(same, group -> rounds(group, asked));
    double beyond = median(same, MeasuredGroup::beyondSeconds);
    return Optional.of(new Range(round + beyond, round * rounds + beyond));
  }

  /**
   * Seconds of a group.
   *
   * @param least what it takes whatever the budget: a round is not begun in part
   * @param wanted until it is as precise as was asked
   */
  private record Range(double least, double wanted) {}

  private static double rounds(MeasuredGroup group, Asked asked) {
    double wider = group.halfWidth() / asked.halfWidth();
    return Math.clamp(group.rounds() * wider * wider, asked.minRounds(), asked.maxRounds());
  }

  /** Seconds of a group without a budget; empty where its work was never measured. */
  OptionalDouble seconds(Asked asked, long before) {
    return range(asked, before).stream().mapToDouble(Range::wanted).findFirst();
  }

  /**
   * Seconds of a whole job, which begins no round after its budget; empty where one of its groups
   * is not known.
   */
  OptionalDouble seconds(List<Asked> groups, double budget, long before) {
    double least = 0;
    double wanted = 0;
    for (Asked group : groups) {
      Optional<Range> range = range(group, before);
      if (range.isEmpty()) {
        return OptionalDouble.empty();
      }
      least += range.get().least();
      wanted += range.get().wanted();
    }
    return OptionalDouble.of(Math.max(least, Math.min(wanted, budget)));
  }

  /**
   * What earlier jobs took over what would have been forecast for them from what was known before;
   * the newest first.
   */
  double[] pastRatios() {
    Map<Long, List<MeasuredGroup>> jobs =
        past.stream()
            .collect(
                Collectors.groupingBy(
                    MeasuredGroup::fence,
                    () -> new TreeMap<>(Comparator.reverseOrder()),
                    Collectors.toList()));
    return jobs.values().stream()
        .filter(job -> job.size() == job.getFirst().attemptGroups())
        .mapToDouble(job -> {
          MeasuredGroup any = job.getFirst();
          OptionalDouble forecast =
              seconds(
                  job.stream().map(Asked::again).toList(), any.timeBudgetSeconds(), any.fence());
          return forecast.isPresent() ? any.attemptSeconds() / forecast.getAsDouble() : Double.NaN;
        })
        .filter(ratio -> !Double.isNaN(ratio))
        .limit(LATEST)
        .toArray();
  }

  private interface Value {
    double of(MeasuredGroup group);
  }

  private static double median(List<MeasuredGroup> groups, Value value) {
    return median(groups.stream().mapToDouble(value::of).toArray());
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
