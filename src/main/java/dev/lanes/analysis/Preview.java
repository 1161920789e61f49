package dev.lanes.analysis;

import dev.lanes.run.PlannedRun.Unsupported;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a submission would become, and how long it would take.
 *
 * @param cells what was asked for, of all jobs together
 * @param controls placebos and anchors that are measured beside it
 * @param jobs one for each hardware profile; each on a host of its own, as far as there are some
 * @param groups comparison groups of each job
 * @param unsupported what would not be measured, because no host that was probed can run it
 */
record Preview(
    int cells,
    int controls,
    int jobs,
    int groups,
    List<Unsupported> unsupported,
    Estimate estimate) {

  /**
   * How long one job takes once it has begun.
   *
   * @param seconds from what the same work took before; null when some of it was never measured
   * @param mostSeconds after which no new round begins
   * @param groupsKnown comparison groups whose work was measured before
   * @param past how far such estimates were off; null when there was none yet
   */
  record Estimate(
      @Nullable Double seconds, double mostSeconds, int groupsKnown, @Nullable Past past) {}

  /**
   * Earlier jobs of these workloads: the time that each took over what would have been estimated
   * from the jobs before it.
   *
   * @param jobs how many, the latest ones
   */
  record Past(int jobs, double lowestRatio, double medianRatio, double highestRatio) {}
}
