package dev.lanes.protocol;

import java.util.List;

/**
 * When a job has measured enough.
 *
 * @param relativeHalfWidth half width that every ratio's interval should reach, as a share: 0.02
 *     for ±2 %
 * @param minRounds rounds that are measured in any case, unless the time ends
 * @param maxRounds rounds after which measuring ends
 * @param measures ids of the measures whose ratios must be that precise, at least one
 * @param timeBudgetS seconds after which no new round begins, for all groups of the job together
 */
public record Precision(
    double relativeHalfWidth,
    int minRounds,
    int maxRounds,
    double timeBudgetS,
    List<String> measures) {

  public Precision {
    measures = List.copyOf(measures);
  }
}
