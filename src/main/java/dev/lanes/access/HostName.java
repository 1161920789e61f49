package dev.lanes.access;

import dev.lanes.web.ApiException.FieldProblem;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a host may be called; the database asks the same. */
final class HostName {

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  private HostName() {}

  /** What is wrong with the member {@code host} of a body; empty if it names a host. */
  static Optional<FieldProblem> problem(@Nullable String host) {
    if (host != null && ALLOWED.matcher(host).matches()) {
      return Optional.empty();
    }
    String given = host == null ? "is missing" : "is \"%s\"".formatted(host.replace('\0', '?'));
    return Optional.of(
        new FieldProblem(
            "/host",
            given
                + "; it must be 1 to 63 of A-Z, a-z, 0-9, ., _ and -, none of the last three first",
            null));
  }
}
