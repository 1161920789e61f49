package dev.lanes.web;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** Everything a request can be refused for; the name is the stable {@code code} of the problem. */
public enum ErrorCode {
  MALFORMED_JSON(HttpStatus.BAD_REQUEST, "The body is not JSON"),
  INVALID_REQUEST(HttpStatus.UNPROCESSABLE_CONTENT, "The request is not valid"),
  INVALID_RUN(HttpStatus.UNPROCESSABLE_CONTENT, "The run is not valid"),
  BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
  BODY_TOO_SLOW(HttpStatus.REQUEST_TIMEOUT, "The body takes too long"),
  NOT_FOUND(HttpStatus.NOT_FOUND, "Not found"),
  VERSION_REQUIRED(HttpStatus.PRECONDITION_REQUIRED, "Say which version you change"),
  VERSION_STALE(HttpStatus.PRECONDITION_FAILED, "It has changed meanwhile"),
  PROFILE_FIXED(HttpStatus.CONFLICT, "The hardware profile is fixed"),
  PROFILE_IN_USE(HttpStatus.CONFLICT, "Jobs refer to the hardware profile"),
  SUITE_FIXED(HttpStatus.CONFLICT, "The suite is fixed"),
  SUITE_EXISTS(HttpStatus.CONFLICT, "The name of the suite is taken"),
  CLAIM_FIXED(HttpStatus.CONFLICT, "The claim is fixed"),
  SUITE_IN_USE(HttpStatus.CONFLICT, "A schedule repeats the suite"),
  SCHEDULE_EXISTS(HttpStatus.CONFLICT, "The name of the schedule is taken"),
  RUN_FINISHED(HttpStatus.CONFLICT, "The run has finished"),
  NOTHING_TO_RETRY(HttpStatus.CONFLICT, "No job of the run has failed"),
  IDEMPOTENCY_KEY_REUSED(
      HttpStatus.UNPROCESSABLE_CONTENT, "The idempotency key belongs to another request"),
  LEASE_LOST(HttpStatus.CONFLICT, "The attempt has ended"),
  CHUNK_CONFLICT(HttpStatus.CONFLICT, "The chunk was stored with another content"),
  CHUNK_MISSING(HttpStatus.CONFLICT, "Not every chunk has been stored"),
  DIGEST_MISMATCH(HttpStatus.BAD_REQUEST, "The body is not what its digest says"),
  TOO_MANY_CALLS(HttpStatus.TOO_MANY_REQUESTS, "Too many calls"),
  INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "The server failed"),
  NOT_SIGNED_IN(HttpStatus.UNAUTHORIZED, "Sign in first"),
  TOKEN_EXPIRED(HttpStatus.UNAUTHORIZED, "The token has expired"),
  TOKEN_REVOKED(HttpStatus.UNAUTHORIZED, "The token was revoked"),
  ENROLMENT_USED(HttpStatus.UNAUTHORIZED, "The secret of the enrolment was used"),
  ENROLMENT_EXPIRED(HttpStatus.UNAUTHORIZED, "The secret of the enrolment has expired"),
  LAST_ADMIN(HttpStatus.CONFLICT, "No administrator would be left"),
  FORBIDDEN(HttpStatus.FORBIDDEN, "Your role does not allow this");

  private final HttpStatus status;
  private final String title;

  ErrorCode(HttpStatus status, String title) {
    this.status = status;
    this.title = title;
  }

  /** Status of the answer. */
  public HttpStatus status() {
    return status;
  }

  /** One sentence that is the same for every occurrence. */
  public String title() {
    return title;
  }

  /** The code as clients see it, {@code invalid_run}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Stable type of the problem. */
  public URI type() {
    return URI.create("urn:lanes:problem:" + id().replace('_', '-'));
  }
}
