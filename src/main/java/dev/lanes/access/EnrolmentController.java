package dev.lanes.access;

import dev.lanes.web.ApiException;
import dev.lanes.web.ApiException.FieldProblem;
import dev.lanes.web.ErrorCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The administrator's end of an enrolment. */
@RestController
class EnrolmentController {

  private final Enrolments enrolments;

  EnrolmentController(Enrolments enrolments) {
    this.enrolments = enrolments;
  }

  /**
   * A worker that should be let in.
   *
   * @param host name that its host gets; that of a known host lets its worker in anew
   */
  record EnrolmentRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable String host) {}

  /**
   * What the worker needs.
   *
   * @param secret for the setting {@code lanes.worker.enrolment}; it is told this once
   * @param expiresAt when it is worth nothing any more
   */
  record MadeEnrolment(UUID id, String host, String secret, Instant expiresAt) {}

  @Operation(operationId = "makeEnrolment", summary = "Let a worker in, by a secret for one use")
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping("/api/v1/enrolments")
  ResponseEntity<MadeEnrolment> make(@RequestBody EnrolmentRequest request) {
    Optional<FieldProblem> problem = HostName.problem(request.host());
    if (problem.isPresent()) {
      throw new ApiException(
          ErrorCode.INVALID_REQUEST, "/host " + problem.get().detail(), List.of(problem.get()));
    }
    String host = Objects.requireNonNull(request.host());
    Enrolments.Made made = enrolments.make(host);
    return ResponseEntity.status(HttpStatus.CREATED)
        .cacheControl(CacheControl.noStore())
        .body(new MadeEnrolment(made.id(), host, made.secret(), made.expiresAt()));
  }
}
