package dev.lanes.web;

import dev.lanes.web.ApiException.FieldProblem;
import java.util.List;
import org.springframework.http.ProblemDetail;

/** The body of a refusal. */
public final class Problems {

  private Problems() {}

  /** A problem with its code and, where there are any, the fields to mend. */
  public static ProblemDetail of(ErrorCode code, String detail, List<FieldProblem> errors) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(code.status(), detail);
    problem.setType(code.type());
    problem.setTitle(code.title());
    problem.setProperty("code", code.id());
    if (!errors.isEmpty()) {
      problem.setProperty("errors", errors);
    }
    return problem;
  }
}
