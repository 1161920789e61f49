package dev.lanes.schedule;

import dev.lanes.web.ApiException;
import dev.lanes.web.ApiException.FieldProblem;
import dev.lanes.web.ErrorCode;
import java.util.List;

/**
 * Why a run could not be submitted, in the words of the refusal.
 *
 * @param code of the problem, {@code invalid_run}
 */
record FiringProblem(String code, String title, String detail, List<FieldProblem> errors) {

  static FiringProblem of(RuntimeException cause) {
    if (cause instanceof ApiException refusal) {
      return new FiringProblem(
          refusal.code().id(),
          refusal.code().title(),
          String.valueOf(refusal.getMessage()),
          refusal.errors());
    }
    ErrorCode code = ErrorCode.INTERNAL_ERROR;
    return new FiringProblem(
        code.id(), code.title(), "The fault is the server's; its log says more", List.of());
  }
}
