package dev.lanes.instrument;

import dev.lanes.statistics.Interval;
import java.util.Optional;
import org.apache.commons.statistics.distribution.BetaDistribution;

/** How many of how many. */
record Proportion(int hits, int of) {

  private static final double TAIL = 0.025;

  /**
   * The share with its 95 % interval, or empty when there is nothing to count in. The interval is
   * exact: it covers any true share at least that often.
   *
   * <p>Source: C. Clopper, E. Pearson, The use of confidence or fiducial limits illustrated in the
   * case of the binomial, Biometrika 26 (1934), by quantiles of the beta distribution.
   */
  Optional<Interval> interval() {
    if (of == 0) {
      return Optional.empty();
    }
    double lower =
        hits == 0
            ? 0
            : BetaDistribution.of(hits, of - hits + 1.0).inverseCumulativeProbability(TAIL);
    double upper =
        hits == of
            ? 1
            : BetaDistribution.of(hits + 1.0, of - hits).inverseSurvivalProbability(TAIL);
    return Optional.of(new Interval(lower, upper));
  }

  Optional<Double> share() {
    return of == 0 ? Optional.empty() : Optional.of((double) hits / of);
  }
}
