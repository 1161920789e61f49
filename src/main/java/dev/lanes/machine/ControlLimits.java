package dev.lanes.machine;

import java.util.Map;

/**
 * What the control workload may show before a host is too noisy to begin on. The workload is the
 * processor kernel of the sentinel, read some twenty times.
 *
 * @param spread largest (P90 − P10) / P50 of the readings
 * @param drift largest ln(median of the readings / reference), up or down
 * @param action what happens beyond a limit
 */
public record ControlLimits(double spread, double drift, Action action) {

  /** As documented in machine.md. */
  public static final ControlLimits DEFAULT = new ControlLimits(0.15, 0.25, Action.AUTO);

  /** What happens on a host that is too noisy. */
  public enum Action {
    /** Refuse on bare metal, warn where virtualised or where that is unknown. */
    AUTO,
    /** Measure, and say it with the figures. */
    WARN,
    /** Do not measure. */
    REFUSE
  }

  public ControlLimits {
    Map.of("lanes.worker.control.spread", spread, "lanes.worker.control.drift", drift)
        .forEach((name, limit) -> {
          if (!(limit > 0)) {
            throw new IllegalArgumentException(
                "%s is %s: a limit is a number above 0".formatted(name, limit));
          }
        });
  }

  boolean refuses(boolean bareMetal) {
    return switch (action) {
      case AUTO -> bareMetal;
      case WARN -> false;
      case REFUSE -> true;
    };
  }
}
