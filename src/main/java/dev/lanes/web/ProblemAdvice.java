package dev.lanes.web;

import dev.lanes.web.ApiException.FieldProblem;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Turns every refusal into an RFC 9457 problem with a stable type and code. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

  @ExceptionHandler
  ResponseEntity<Object> refused(ApiException e) {
    return problem(e.code(), String.valueOf(e.getMessage()), e.errors());
  }

  @ExceptionHandler
  ResponseEntity<Object> wrongType(MethodArgumentTypeMismatchException e) {
    Class<?> type = e.getRequiredType();
    String detail =
        "%s is \"%s\"; it must be %s"
            .formatted(
                e.getName(), e.getValue(), type == null ? "different" : "a " + type.getSimpleName());
    return problem(ErrorCode.INVALID_REQUEST, detail, List.of());
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    if (e.getCause() instanceof RequestLimits.BodyTooLarge tooLarge) {
      return problem(ErrorCode.BODY_TOO_LARGE, String.valueOf(tooLarge.getMessage()), List.of());
    }
    if (e.getCause() instanceof UnrecognizedPropertyException unknown) {
      return problem(ErrorCode.INVALID_REQUEST, "The body has an unknown field", unknown(unknown));
    }
    if (e.getCause() instanceof DatabindException mismatch) {
      String pointer = pointer(mismatch);
      String wanted = "must be " + JsonWords.wanted(mismatch);
      String detail = (pointer.isEmpty() ? "The body" : pointer) + " " + wanted;
      FieldProblem problem = new FieldProblem(pointer, wanted, null);
      return problem(ErrorCode.INVALID_REQUEST, detail, List.of(problem));
    }
    if (e.getCause() instanceof JacksonException syntax) {
      var at = syntax.getLocation();
      String place =
          at == null ? "" : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
      return problem(
          ErrorCode.MALFORMED_JSON, syntax.getOriginalMessage() + place, List.of());
    }
    return problem(ErrorCode.MALFORMED_JSON, "The body must be a JSON object", List.of());
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    List<FieldProblem> errors =
        e.getBindingResult().getFieldErrors().stream()
            .map(
                field ->
                    new FieldProblem(
                        "/" + snakeCase(field.getField().replace('.', '/')),
                        "%s, but is %s"
                            .formatted(field.getDefaultMessage(), field.getRejectedValue()),
                        null))
            .toList();
    return problem(ErrorCode.INVALID_REQUEST, "The body has invalid fields", errors);
  }

  private static List<FieldProblem> unknown(UnrecognizedPropertyException e) {
    Collection<Object> known = e.getKnownPropertyIds();
    return List.of(
        new FieldProblem(
            pointer(e),
            "there is no field \"%s\"".formatted(e.getPropertyName()),
            known == null ? null : known.stream().map(String::valueOf).sorted().toList()));
  }

  private static String pointer(DatabindException e) {
    return e.getPath().stream()
        .map(
            reference ->
                reference.getPropertyName() == null
                    ? "/" + reference.getIndex()
                    : "/" + reference.getPropertyName())
        .collect(Collectors.joining());
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  private static ResponseEntity<Object> problem(
      ErrorCode code, String detail, List<FieldProblem> errors) {
    return ResponseEntity.status(code.status())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(Problems.of(code, detail, errors));
  }

  /** Gives the framework's own refusals the same members as ours. */
  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception e,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    ResponseEntity<Object> response =
        super.handleExceptionInternal(e, body, headers, status, request);
    if (response != null && response.getBody() instanceof ProblemDetail detail) {
      String code = String.valueOf(detail.getTitle()).toLowerCase(Locale.ROOT).replace(' ', '_');
      detail.setProperty("code", code);
      detail.setType(java.net.URI.create("urn:lanes:problem:" + code.replace('_', '-')));
    }
    return response;
  }
}
