package dev.lanes.result;

import java.util.List;
import java.util.Map;

/**
 * What a comparison group took when it was measured.
 *
 * @param fence number of the attempt that measured it
 * @param attemptSeconds of the whole attempt, from its lease to its end
 * @param attemptGroups how many groups the attempt measured
 * @param beyondSeconds what the attempt took beside all of its rounds, as the part of one group
 * @param parallelisms of its subjects, each once, ascending
 * @param arms processes of each of its rounds, controls included
 * @param rounds how many it had
 * @param roundSeconds all of them together
 * @param halfWidth that was asked for, as a share
 */
public record MeasuredGroup(
    long fence,
    double attemptSeconds,
    int attemptGroups,
    double beyondSeconds,
    String workload,
    Map<String, Object> parameters,
    int tasks,
    List<Integer> parallelisms,
    int arms,
    int rounds,
    double roundSeconds,
    double halfWidth,
    int minRounds,
    int maxRounds,
    double timeBudgetSeconds) {

  public MeasuredGroup {
    parallelisms = List.copyOf(parallelisms);
  }
}
