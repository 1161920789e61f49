package dev.lanes.result;

/**
 * One round of a placebo and of the cell that it repeats: the same program twice.
 *
 * @param placebo values that count, in the order of turns, in the unit of the measure
 * @param baseline likewise
 */
public record EqualArms(
    String host, long fence, int group, int round, double[] placebo, double[] baseline) {

  public EqualArms {
    placebo = placebo.clone();
    baseline = baseline.clone();
  }
}
