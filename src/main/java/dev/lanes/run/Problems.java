package dev.lanes.run;

import dev.lanes.web.ApiException;
import dev.lanes.web.ApiException.FieldProblem;
import dev.lanes.web.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects everything that is wrong with a submitted run, so that it is told at once. */
final class Problems {

  /** Nobody mends more at once, and a large body should not get a far larger answer. */
  private static final int MAX_TOLD = 100;

  private final List<FieldProblem> found = new ArrayList<>();

  void add(String pointer, String detail, @Nullable List<String> allowed) {
    if (found.size() < MAX_TOLD) {
      found.add(new FieldProblem(pointer, detail, allowed));
    }
  }

  void within(String pointer, double value, double minimum, double maximum) {
    if (!(value >= minimum && value <= maximum)) {
      add(
          pointer,
          "is %s; it must be from %s to %s".formatted(plain(value), plain(minimum), plain(maximum)),
          null);
    }
  }

  /** Refuses the run if anything was found. */
  void refuse() {
    if (!found.isEmpty()) {
      FieldProblem first = found.getFirst();
      throw new ApiException(
          ErrorCode.INVALID_RUN, "%s %s".formatted(first.pointer(), first.detail()), found);
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }
}
