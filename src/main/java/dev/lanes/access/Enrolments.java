package dev.lanes.access;

import dev.lanes.web.ApiException;
import dev.lanes.web.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How a worker on another machine gets its token without anybody copying one that lasts. */
@Service
@Transactional
public class Enrolments {

  /** Attribute of an enrolling worker's principal: the id of its enrolment. */
  public static final String ID = "enrolment";

  /** Long enough to start a worker, short enough to be worthless in a log of yesterday. */
  static final Duration GOOD_FOR = Duration.ofMinutes(15);

  private final EnrolmentRepository enrolments;
  private final Tokens tokens;
  private final Audit audit;
  private final Clock clock;

  Enrolments(EnrolmentRepository enrolments, Tokens tokens, Audit audit, Clock clock) {
    this.enrolments = enrolments;
    this.tokens = tokens;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * An enrolment that was just made.
   *
   * @param secret cannot be had again
   */
  record Made(UUID id, String secret, Instant expiresAt) {}

  /** Makes a secret by which a worker of the host may enrol. */
  Made make(String hostName) {
    String secret = TokenFormat.createEnrolment();
    Instant now = clock.instant();
    Enrolment made =
        enrolments.save(
            new Enrolment(hostName, TokenFormat.sha256(secret), now, now.plus(GOOD_FOR)));
    audit.append(AuditAction.ENROLMENT_MADE, made.id(), Map.of("host", hostName));
    return new Made(made.id(), secret, made.expiresAt());
  }

  /**
   * Uses an enrolment up and gives the worker its token; those that workers of this host had before
   * are revoked.
   *
   * @return the token, which cannot be had again
   * @throws ApiException if somebody else was faster
   */
  public String use(UUID id, String hostName) {
    // Of two secrets for one host the second to come here sees the token of the first, and ends it.
    enrolments.lockThoseOf(hostName);
    if (enrolments.use(id, clock.instant()) == 0) {
      throw new ApiException(
          ErrorCode.ENROLMENT_USED,
          "The secret was used, or has expired, meanwhile; ask an administrator for another");
    }
    Tokens.Issued issued = renew(hostName);
    audit.append(AuditAction.ENROLMENT_USED, id, Map.of("host", hostName));
    return issued.token();
  }

  /**
   * Gives a worker its token that has called with the standing secret; those that workers of this
   * host had before are revoked.
   *
   * @return the token, which cannot be had again
   */
  public String useStanding(String hostName) {
    enrolments.lockThoseOf(hostName);
    Tokens.Issued issued = renew(hostName);
    audit.append(
        AuditAction.ENROLMENT_USED, issued.view().id(), Map.of("host", hostName, "standing", true));
    return issued.token();
  }

  private Tokens.Issued renew(String hostName) {
    tokens.revokeWorkers(hostName);
    return tokens.issue("worker of " + hostName, Role.WORKER, hostName, null);
  }
}
