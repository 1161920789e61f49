package dev.lanes.web;

import dev.lanes.web.ApiException.FieldProblem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

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

  /** Answers with a problem where no controller does. */
  public static void write(
      HttpServletResponse response, JsonMapper json, ErrorCode code, String detail)
      throws IOException {
    response.setStatus(code.status().value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    json.writeValue(response.getOutputStream(), of(code, detail, List.of()));
  }
}
