package dev.lanes.access;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.springframework.stereotype.Component;

/** What the sign-in link in the log carries; another one at every start. */
@Component
public class SignInTicket {

  private final String value = new BigInteger(160, new SecureRandom()).toString(36);

  /** The secret itself. */
  public String value() {
    return value;
  }
}
