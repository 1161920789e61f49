package dev.lanes.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header {@code Prefer} of RFC 7240, of which only {@code wait} means something here. */
public final class Preference {

  /** A caller that wants to wait longer asks again. */
  public static final int MAX_WAIT_SECONDS = 60;

  private static final Pattern WAIT = Pattern.compile("(?i)(?:^|[,;\\s])wait=(\\d{1,6})");

  private Preference() {}

  /** Seconds that the caller would wait for an answer; 0 when it would not. */
  public static int waitSeconds(@Nullable String header) {
    Matcher wait = WAIT.matcher(header == null ? "" : header);
    return wait.find() ? Math.min(Integer.parseInt(wait.group(1)), MAX_WAIT_SECONDS) : 0;
  }
}
