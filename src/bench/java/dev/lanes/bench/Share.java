package dev.lanes.bench;

import dev.lanes.statistics.Interval;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * How many of how many, with the Clopper–Pearson interval: exact, at least the nominal coverage for
 * any true share. Source: C. Clopper, E. Pearson, The use of confidence or fiducial limits
 * illustrated in the case of the binomial, Biometrika 26 (1934), by quantiles of the beta
 * distribution.
 */
record Share(int hits, int of) {

  Share {
    if (hits < 0 || hits > of) {
      throw new IllegalArgumentException("%d of %d is not a share".formatted(hits, of));
    }
  }

  /** The share; not a number when there is nothing to count in. */
  double value() {
    return (double) hits / of;
  }

  /** The 95 % interval; from 0 to 1 when there is nothing to count in. */
  Interval interval() {
    double lower =
        hits == 0
            ? 0
            : BetaDistribution.of(hits, of - hits + 1.0).inverseCumulativeProbability(0.025);
    double upper =
        hits == of
            ? 1
            : BetaDistribution.of(hits + 1.0, of - hits).inverseCumulativeProbability(0.975);
    return new Interval(lower, upper);
  }

  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("hits", hits);
    figures.put("of", of);
    figures.put("share", of == 0 ? null : value());
    figures.put("ci_low", interval().lower());
    figures.put("ci_high", interval().upper());
    return figures;
  }

  @Override
  public String toString() {
    Interval interval = interval();
    return of == 0
        ? "0 of 0"
        : String.format(
            Locale.ROOT,
            "%.1f %% (%d of %d; %.1f–%.1f)",
            100 * value(),
            hits,
            of,
            100 * interval.lower(),
            100 * interval.upper());
  }
}
