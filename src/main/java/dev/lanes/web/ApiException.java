package dev.lanes.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that is refused: a code to count, a message with the values, and what to mend. */
public class ApiException extends RuntimeException {

  private final ErrorCode code;
  private final transient List<FieldProblem> errors;

  /**
   * One thing in a body that is wrong.
   *
   * @param pointer RFC 6901 pointer to it, {@code /matrix/digits/0}
   * @param detail the value and the rule that it breaks
   * @param allowed what may stand there instead; null when the detail says it all
   */
  public record FieldProblem(String pointer, String detail, @Nullable List<String> allowed) {}

  public ApiException(ErrorCode code, String message) {
    this(code, message, List.of());
  }

  public ApiException(ErrorCode code, String message, List<FieldProblem> errors) {
    super(message);
    this.code = code;
    this.errors = List.copyOf(errors);
  }

  public ErrorCode code() {
    return code;
  }

  public List<FieldProblem> errors() {
    return errors;
  }
}
