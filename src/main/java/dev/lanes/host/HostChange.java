package dev.lanes.host;

import dev.lanes.web.ApiException;
import dev.lanes.web.ApiException.FieldProblem;
import dev.lanes.web.ErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A change of a host's state that has been checked.
 *
 * @param kind what happens to the host; null when it is active already
 */
record HostChange(String state, @Nullable HostEventKind kind, @Nullable String reason) {

  private static final int MAX_REASON = 500;

  /**
   * Checks a request.
   *
   * @param current state of the host
   * @throws ApiException that points at what is wrong
   */
  static HostChange of(HostChangeRequest request, String current) {
    HostChangeRequest.State wanted = request.state();
    if (wanted == null) {
      throw invalid(
          "/state",
          "is missing; it must be one of those allowed",
          Stream.of(HostChangeRequest.State.values()).map(HostChange::id).toList());
    }
    String reason = Objects.requireNonNullElse(request.reason(), "").strip();
    if (reason.length() > MAX_REASON || reason.indexOf('\0') >= 0) {
      throw invalid(
          "/reason",
          "has %d characters; it must have at most %d and none of them U+0000"
              .formatted(reason.length(), MAX_REASON),
          null);
    }
    HostEventKind kind =
        switch (wanted) {
          case ACTIVE ->
              switch (current) {
                case "active" -> null;
                case "needs_review" -> HostEventKind.REVIEWED;
                default -> HostEventKind.RELEASED;
              };
          case DRAINING -> HostEventKind.DRAINING;
          case QUARANTINED -> HostEventKind.QUARANTINED;
        };
    if (wanted == HostChangeRequest.State.ACTIVE && kind != null && reason.isEmpty()) {
      throw invalid(
          "/reason", "is missing; say why a host that is %s may measure".formatted(current), null);
    }
    return new HostChange(id(wanted), kind, reason.isEmpty() ? null : reason);
  }

  private static String id(HostChangeRequest.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static ApiException invalid(
      String pointer, String detail, @Nullable List<String> allowed) {
    return new ApiException(
        ErrorCode.INVALID_REQUEST,
        pointer + " " + detail,
        List.of(new FieldProblem(pointer, detail, allowed)));
  }
}
