package dev.lanes.web;

import dev.lanes.web.ApiException.FieldProblem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects everything that is wrong with a body, so that it is told at once. */
public final class FieldProblems {

  private final List<FieldProblem> found = new ArrayList<>();

  /** One part of the body, and the rule that it breaks. */
  public void add(String pointer, String detail) {
    found.add(new FieldProblem(pointer, detail, null));
  }

  /** The same with what may stand there instead. */
  public void add(String pointer, String detail, List<String> allowed) {
    found.add(new FieldProblem(pointer, detail, allowed));
  }

  /** What is wrong with a part of the body, by pointers from that part. */
  public void addAll(String pointer, ApiException refusal) {
    refusal
        .errors()
        .forEach(error ->
            found.add(
                new FieldProblem(pointer + error.pointer(), error.detail(), error.allowed())));
    if (refusal.errors().isEmpty()) {
      add(pointer, String.valueOf(refusal.getMessage()));
    }
  }

  /** A text of so many characters; PostgreSQL keeps every one but with the character U+0000. */
  public void text(String pointer, @Nullable String text, int shortest, int longest) {
    int length = text == null ? 0 : text.strip().length();
    if (length < shortest || length > longest) {
      add(
          pointer,
          text == null
              ? "is missing; it must have %d to %d characters".formatted(shortest, longest)
              : "has %d characters; it must have %d to %d".formatted(length, shortest, longest));
    }
    if (text != null && text.indexOf('\0') >= 0) {
      add(pointer, "has the character U+0000; leave it out");
    }
  }

  /** Refuses the body if anything was found. */
  public void refuse() {
    if (!found.isEmpty()) {
      FieldProblem first = found.getFirst();
      throw new ApiException(
          ErrorCode.INVALID_REQUEST, "%s %s".formatted(first.pointer(), first.detail()), found);
    }
  }
}
