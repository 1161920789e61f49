package dev.lanes.run;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code lanes.queue.*}: how long silence is borne. Workers call every ten seconds, so
 * that only tests have use for a lease below 30 s.
 *
 * @param lease from one sign of life of a worker to the moment its job is given away
 * @param unacknowledged until a worker has said that it got its lease
 * @param look pace at which servers look for silent workers
 * @param gap between two such looks after which no server was there: several times the pace
 * @param pause until a job is tried again; doubled with each try
 */
@Validated
@ConfigurationProperties("lanes.queue")
record QueueProperties(
    @NotNull @DefaultValue("90s") Duration lease,
    @NotNull @DefaultValue("30s") Duration unacknowledged,
    @NotNull @DefaultValue("5s") Duration look,
    @NotNull @DefaultValue("20s") Duration gap,
    @NotNull @DefaultValue("5s") Duration pause) {

  QueueProperties {
    requirePositive("lease", lease);
    requirePositive("unacknowledged", unacknowledged);
    requirePositive("look", look);
    requirePositive("pause", pause);
    if (gap.compareTo(look.multipliedBy(3)) < 0) {
      throw new IllegalArgumentException(
          "lanes.queue.gap is %s and lanes.queue.look %s: with a gap below three looks each look would pass for one after an outage, and no silent worker would be given up"
              .formatted(gap, look));
    }
  }

  private static void requirePositive(String key, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(
          "lanes.queue.%s is %s: it must be more than nothing".formatted(key, value));
    }
  }

  /** As PostgreSQL takes it. */
  static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
