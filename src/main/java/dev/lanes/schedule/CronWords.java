package dev.lanes.schedule;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an expression says, in plain words: {@code at 02:30 from Monday to Friday}. */
final class CronWords {

  private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
  private static final List<String> MONTHS =
      Arrays.stream(Month.values()).map(month -> month.name().substring(0, 3)).toList();

  private CronWords() {}

  /** The words for an expression that {@link Cron#problem} finds nothing wrong with. */
  static String of(String expression) {
    String[] fields = Cron.fields(expression.toUpperCase(Locale.ROOT));
    String minute = fields[0];
    String hour = fields[1];
    String days = days(fields[2], fields[4]);
    boolean oftener = isEvery(hour) || hour.contains("/");
    String words = time(minute, hour) + (oftener && days.equals("every day") ? "" : " " + days);
    return isEvery(fields[3])
        ? words
        : words + " in " + phrase(fields[3], "months ", CronWords::month);
  }

  private static String time(String minute, String hour) {
    if (isNumbers(minute) && isNumbers(hour)) {
      String times =
          Arrays.stream(hour.split(","))
              .flatMap(h ->
                  Arrays.stream(minute.split(","))
                      .map(m -> "%02d:%02d".formatted(Integer.parseInt(h), Integer.parseInt(m))))
              .sorted()
              .collect(Collectors.joining(", "));
      return "at " + times;
    }
    String minutes =
        isEvery(minute)
            ? "every minute"
            : minute.startsWith("*/")
                ? "every %s minutes".formatted(minute.substring(2))
                : "at minute %s".formatted(minute);
    if (isEvery(hour)) {
      return minute.contains("*") ? minutes : minutes + " of every hour";
    }
    return hour.startsWith("*/")
        ? "%s of every %s. hour".formatted(minutes, hour.substring(2))
        : "%s of the hours %s".formatted(minutes, hour);
  }

  private static String days(String ofMonth, String ofWeek) {
    if (!isEvery(ofWeek)) {
      return phrase(ofWeek, "on days of the week ", CronWords::day)
          .replaceFirst("^(?!from|on)", "on ");
    }
    return isEvery(ofMonth) ? "every day" : "on day %s of the month".formatted(ofMonth);
  }

  /** A range or a list of names, or the field as it is. */
  private static String phrase(String field, String otherwise, Function<String, String> name) {
    if (field.matches("[A-Z0-9]+-[A-Z0-9]+")) {
      String[] ends = field.split("-");
      return "from %s to %s".formatted(name.apply(ends[0]), name.apply(ends[1]));
    }
    if (field.matches("[A-Z0-9]+(,[A-Z0-9]+)*")) {
      return Arrays.stream(field.split(",")).map(name).collect(Collectors.joining(", "));
    }
    return otherwise + field;
  }

  private static String day(String part) {
    int number = DAYS.contains(part) ? DAYS.indexOf(part) : number(part);
    return number < 0 || number > 7
        ? part
        : DayOfWeek.of(number == 0 ? 7 : number).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private static String month(String part) {
    int number = MONTHS.contains(part) ? MONTHS.indexOf(part) + 1 : number(part);
    return number < 1 || number > 12
        ? part
        : Month.of(number).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private static int number(String part) {
    return part.matches("\\d{1,2}") ? Integer.parseInt(part) : -1;
  }

  private static boolean isNumbers(String field) {
    return field.matches("\\d{1,2}(,\\d{1,2})*");
  }

  private static boolean isEvery(String field) {
    return field.equals("*") || field.equals("?");
  }
}
