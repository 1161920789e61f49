package dev.lanes.interpreter;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version as Python writes it, in Python's order: 3.15.0a1 before 3.15.0b2 before 3.15.0rc1
 * before 3.15.0.
 */
record PythonVersion(int major, int minor, int micro, Stage stage, int serial)
    implements Comparable<PythonVersion> {

  /** How far from the release; in order. */
  enum Stage {
    A,
    B,
    RC,
    FINAL
  }

  private static final Pattern SYNTAX =
      Pattern.compile("(\\d{1,9})\\.(\\d{1,9})(?:\\.(\\d{1,9}))?(?:(a|b|rc)(\\d{1,9}))?\\+?");

  private static final Comparator<PythonVersion> ORDER =
      Comparator.comparingInt(PythonVersion::major)
          .thenComparingInt(PythonVersion::minor)
          .thenComparingInt(PythonVersion::micro)
          .thenComparing(PythonVersion::stage)
          .thenComparingInt(PythonVersion::serial);

  static Optional<PythonVersion> parse(String text) {
    var matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new PythonVersion(
            number(matcher.group(1)),
            number(matcher.group(2)),
            number(matcher.group(3)),
            stage(matcher.group(4)),
            number(matcher.group(5))));
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static Stage stage(@Nullable String word) {
    return word == null ? Stage.FINAL : Stage.valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** The part that names a line: {@code 3.14}. */
  String minorLine() {
    return major + "." + minor;
  }

  @Override
  public int compareTo(PythonVersion other) {
    return ORDER.compare(this, other);
  }
}
