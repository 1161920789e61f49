package dev.lanes.web;

import dev.lanes.web.ApiException.FieldProblem;
import java.net.SocketTimeoutException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Turns every refusal into an RFC 9457 problem with a stable type and code. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  private static final Pattern WORDS_OF_JACKSON =
      Pattern.compile(
          " \\(start marker.*|, from `[^`]*`|: enable `[^`]*` to allow", Pattern.DOTALL);

  @ExceptionHandler
  ResponseEntity<Object> refused(ApiException e) {
    return problem(e.code(), String.valueOf(e.getMessage()), e.errors());
  }

  /** A bug of ours: the log has it, the caller learns that repeating the call will not help. */
  @ExceptionHandler
  ResponseEntity<Object> failed(Exception e) {
    log.error("a call failed by a fault of the server, which should be reported", e);
    return problem(
        ErrorCode.INTERNAL_ERROR, "The fault is the server's; its log says more", List.of());
  }

  @ExceptionHandler
  ResponseEntity<Object> wrongType(MethodArgumentTypeMismatchException e) {
    String detail =
        "%s is \"%s\"; it must be %s"
            .formatted(e.getName(), e.getValue(), JsonWords.wanted(e.getRequiredType()));
    return problem(ErrorCode.INVALID_REQUEST, detail, List.of());
  }

  @ExceptionHandler
  ResponseEntity<Object> unreadable(InvalidParameterException e) {
    return problem(
        ErrorCode.INVALID_REQUEST, "The parameters of the address cannot be read", List.of());
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    // A reader of JSON wraps what the stream threw, a reader of bytes does not.
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof RequestLimits.BodyTooLarge) {
        return problem(ErrorCode.BODY_TOO_LARGE, String.valueOf(cause.getMessage()), List.of());
      }
      if (cause instanceof RequestLimits.BodyTooSlow) {
        return problem(ErrorCode.BODY_TOO_SLOW, String.valueOf(cause.getMessage()), List.of());
      }
      if (cause instanceof SocketTimeoutException) {
        return problem(
            ErrorCode.BODY_TOO_SLOW, "The body stopped coming; send the call again", List.of());
      }
    }
    if (e.getCause() instanceof UnrecognizedPropertyException unknown) {
      return problem(ErrorCode.INVALID_REQUEST, "The body has an unknown field", unknown(unknown));
    }
    if (e.getCause() instanceof JacksonException mismatch
        && (mismatch instanceof DatabindException || mismatch instanceof InputCoercionException)) {
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
      String what = WORDS_OF_JACKSON.matcher(syntax.getOriginalMessage()).replaceAll("");
      return problem(ErrorCode.MALFORMED_JSON, what + place, List.of());
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
            .map(field ->
                new FieldProblem(
                    "/" + snakeCase(field.getField().replace('.', '/')),
                    "%s, but is %s".formatted(field.getDefaultMessage(), field.getRejectedValue()),
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

  private static String pointer(JacksonException e) {
    return e.getPath().stream()
        .map(reference ->
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
