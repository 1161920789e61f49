package dev.lanes.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * The times of a clock on the wall at which something is due: five fields, minute to day of the
 * week, and the zone that the clock shows.
 *
 * <p>Only local times are asked of Spring's expression, which leaves out what falls into an hour
 * that is skipped. What they are as instants is decided here: a local time that the clock skips is
 * due at the first moment after the gap, and one that it shows twice is due the first time. Several
 * that fall on the same instant are due once.
 */
final class Cron {

  private final CronExpression local;
  private final ZoneId zone;

  private Cron(CronExpression local, ZoneId zone) {
    this.local = local;
    this.zone = zone;
  }

  /**
   * @throws IllegalArgumentException if {@link #problem} finds one
   */
  static Cron of(String expression, ZoneId zone) {
    problem(expression)
        .ifPresent(problem -> {
          throw new IllegalArgumentException(problem);
        });
    return new Cron(parse(expression), zone);
  }

  /** What is wrong with an expression, as a sentence without its subject. */
  static Optional<String> problem(String expression) {
    String[] fields = fields(expression);
    if (fields.length != 5) {
      return Optional.of(
          "has %d fields; it must have five: minute, hour, day of the month, month, day of the week"
              .formatted(expression.isBlank() ? 0 : fields.length));
    }
    if (isGiven(fields[2]) && isGiven(fields[4])) {
      // Some programs take both together for "and", others for "or".
      return Optional.of(
          "names days of the month and days of the week; leave one of both at *, or make two"
              + " schedules");
    }
    try {
      if (parse(expression).next(LocalDateTime.of(2000, 1, 1, 0, 0)) == null) {
        return Optional.of("is \"%s\", which is never".formatted(expression));
      }
    } catch (IllegalArgumentException e) {
      return Optional.of("is \"%s\": %s".formatted(expression, e.getMessage()));
    }
    return Optional.empty();
  }

  /** The parts of an expression. */
  static String[] fields(String expression) {
    return expression.strip().split("\\s+");
  }

  private static boolean isGiven(String field) {
    return !field.equals("*") && !field.equals("?");
  }

  private static CronExpression parse(String expression) {
    return CronExpression.parse("0 " + String.join(" ", fields(expression)));
  }

  /** The first due time after that moment; empty when none comes. */
  Optional<Instant> after(Instant moment) {
    LocalDateTime time = LocalDateTime.ofInstant(moment, zone).truncatedTo(ChronoUnit.MINUTES);
    // Where the clock shows an hour twice, a later local time may be an earlier instant.
    while (true) {
      time = local.next(time);
      if (time == null) {
        return Optional.empty();
      }
      Instant due = instant(time);
      if (due.isAfter(moment)) {
        return Optional.of(due);
      }
    }
  }

  /** So many due times from the given one on, which is the first of them. */
  List<Instant> from(@Nullable Instant first, int count) {
    List<Instant> times = new ArrayList<>();
    for (Instant time = first; time != null && times.size() < count; ) {
      times.add(time);
      time = after(time).orElse(null);
    }
    return times;
  }

  private Instant instant(LocalDateTime time) {
    var transition = zone.getRules().getTransition(time);
    if (transition != null && transition.isGap()) {
      return transition.getInstant();
    }
    // Of the two offsets of a repeated hour this is the earlier one.
    return time.atZone(zone).toInstant();
  }
}
