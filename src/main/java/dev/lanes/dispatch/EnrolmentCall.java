package dev.lanes.dispatch;

import dev.lanes.access.Enrolments;
import dev.lanes.access.Tokens;
import dev.lanes.protocol.WorkerEnrolment;
import dev.lanes.web.ApiException;
import dev.lanes.web.ErrorCode;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lets a worker in. Which host it is for follows from its secret, or is told with a standing one.
 */
@Hidden
@RestController
class EnrolmentCall implements WorkerEnrolment {

  private final Enrolments enrolments;

  EnrolmentCall(Enrolments enrolments) {
    this.enrolments = enrolments;
  }

  @Override
  @ResponseStatus(HttpStatus.CREATED)
  public Enrolled enrol() {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication != null
        && authentication.getPrincipal() instanceof OAuth2AuthenticatedPrincipal principal
        && principal.getAttribute(Tokens.HOST) instanceof String host) {
      return new Enrolled(
          host,
          principal.getAttribute(Enrolments.ID) instanceof UUID enrolment
              ? enrolments.use(enrolment, host)
              : enrolments.useStanding(host));
    }
    throw new ApiException(ErrorCode.FORBIDDEN, "This call needs the secret of an enrolment");
  }
}
