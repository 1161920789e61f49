package dev.lanes.protocol;

import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * How a worker gets its token: one call with a one-time secret, which an administrator made for its
 * host, in the place of a token. Unlike {@link WorkerProtocol} the call cannot be repeated: when
 * its answer got lost, another secret is needed.
 */
@HttpExchange("/api/v1")
public interface WorkerEnrolment {

  /** Consumes the secret. Tokens that workers of the same host had before are revoked. */
  @PostExchange("/worker/enrolment")
  Enrolled enrol();

  /**
   * What the secret was exchanged for.
   *
   * @param host name of the host that the token is bound to
   * @param token of the worker; it is told this once
   */
  record Enrolled(String host, String token) {}
}
