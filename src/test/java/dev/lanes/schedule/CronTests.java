package dev.lanes.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected instants were worked out by hand from the rules of the zones in tzdata 2026. */
class CronTests {

  @ParameterizedTest
  @CsvSource({
    // Clocks go from 02:00 to 03:00, from 02:00 to 02:30, from 00:00 to 01:00.
    "30 2 * * *, Europe/Berlin, 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z",
    "30 2 * * *, America/New_York, 2026-03-07T12:00:00Z, 2026-03-08T07:00:00Z",
    "15 2 * * *, Australia/Lord_Howe, 2026-10-03T00:00:00Z, 2026-10-03T15:30:00Z",
    "0 0 * * *, Africa/Cairo, 2026-04-23T12:00:00Z, 2026-04-23T22:00:00Z"
  })
  void whatTheClockSkipsIsDueRightAfterTheGap(
      String cron, String zone, Instant from, Instant expected) {
    Cron times = Cron.of(cron, ZoneId.of(zone));

    assertThat(times.after(from)).contains(expected);
    assertThat(times.after(expected).orElseThrow())
        .as("not once more on the same day")
        .isAfter(expected.plus(Duration.ofHours(22)));
  }

  @ParameterizedTest
  @CsvSource({
    // Clocks go from 03:00 to 02:00, from 02:00 to 01:00, from 02:00 to 01:30.
    "30 2 * * *, Europe/Berlin, 2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z",
    "30 1 * * *, America/New_York, 2026-10-31T12:00:00Z, 2026-11-01T05:30:00Z",
    "45 1 * * *, Australia/Lord_Howe, 2026-04-04T00:00:00Z, 2026-04-04T14:45:00Z"
  })
  void whatTheClockShowsTwiceIsDueTheFirstTimeOnly(
      String cron, String zone, Instant from, Instant expected) {
    Cron times = Cron.of(cron, ZoneId.of(zone));

    assertThat(times.after(from)).contains(expected);
    assertThat(times.after(expected).orElseThrow())
        .as("not once more on the same day")
        .isAfter(expected.plus(Duration.ofHours(23)));
    // Asked in between, when the clock shows an earlier time again.
    assertThat(times.after(expected.plus(Duration.ofMinutes(20)))).isEqualTo(times.after(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"})
  void aNightlyTimeIsDueOnceOnEveryDayOfTheYear(String zone) {
    ZoneId zoneId = ZoneId.of(zone);
    for (String time : List.of("0 0", "45 1", "0 2", "15 2", "30 2", "0 3")) {
      Cron cron = Cron.of(time + " * * *", zoneId);
      Instant first = cron.after(Instant.parse("2026-01-01T12:00:00Z")).orElseThrow();

      List<Instant> year = cron.from(first, 365);

      assertThat(year.stream().map(due -> due.atZone(zoneId).toLocalDate()).distinct())
          .as("days of %s in %s", time, zone)
          .hasSize(365);
      assertThat(year).isSorted();
    }
  }

  @Test
  void severalTimesOfAGapAreDueOnce() {
    Cron cron = Cron.of("*/10 * * * *", ZoneId.of("Europe/Berlin"));
    Instant first = cron.after(Instant.parse("2026-03-29T00:45:00Z")).orElseThrow();

    assertThat(cron.from(first, 3))
        .containsExactly(
            Instant.parse("2026-03-29T00:50:00Z"),
            Instant.parse("2026-03-29T01:00:00Z"),
            Instant.parse("2026-03-29T01:10:00Z"));
  }

  @Test
  void aMinuteThatHasBegunIsNotDueAgain() {
    Cron cron = Cron.of("30 2 * * *", ZoneId.of("UTC"));

    assertThat(cron.after(Instant.parse("2026-05-01T02:29:59.999999Z")))
        .contains(Instant.parse("2026-05-01T02:30:00Z"));
    assertThat(cron.after(Instant.parse("2026-05-01T02:30:00Z")))
        .contains(Instant.parse("2026-05-02T02:30:00Z"));
    assertThat(cron.after(Instant.parse("2026-05-01T02:30:01Z")))
        .contains(Instant.parse("2026-05-02T02:30:00Z"));
  }

  @Test
  void weekdaysAreThoseOfTheZone() {
    // Monday 01:00 in Auckland is Sunday in UTC.
    Cron cron = Cron.of("0 1 * * MON", ZoneId.of("Pacific/Auckland"));

    assertThat(cron.after(Instant.parse("2026-07-01T00:00:00Z")))
        .contains(Instant.parse("2026-07-05T13:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2 * * *",
        "0 0 2 * * *",
        "@daily",
        "60 2 * * *",
        "0 24 * * *",
        "0 2 * 13 *",
        "0 2 30 2 *",
        "0 2 1 * MON",
        "a b c d e",
        "0 2 * * * # x",
        "*/0 * * * *"
      })
  void whatIsNotAnExpressionIsRefused(String cron) {
    assertThat(Cron.problem(cron)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0 2 * * *", " 0  2 * * * ", "*/15 * * * *", "0 2 ? * MON-FRI", "0 2 29 2 *"})
  void whatIsOneIsNot(String cron) {
    assertThat(Cron.problem(cron)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 2 * * *|at 02:00 every day",
        "30 2,14 * * *|at 02:30, 14:30 every day",
        "0 2 * * 1-5|at 02:00 from Monday to Friday",
        "0 2 * * MON,THU|at 02:00 on Monday, Thursday",
        "0 2 * * 0|at 02:00 on Sunday",
        "0 2 1 * *|at 02:00 on day 1 of the month",
        "0 2 * 1,7 *|at 02:00 every day in January, July",
        "*/15 * * * *|every 15 minutes",
        "* * * * *|every minute",
        "5 * * * *|at minute 5 of every hour",
        "0 2 * * MON#1|at 02:00 on days of the week MON#1"
      })
  void anExpressionIsSaidInWords(String cron, String words) {
    assertThat(CronWords.of(cron)).isEqualTo(words);
  }
}
