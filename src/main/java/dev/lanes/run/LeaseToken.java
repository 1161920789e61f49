package dev.lanes.run;

import java.security.SecureRandom;
import java.util.HexFormat;

/** The secret of an attempt: 256 random bits, of which the database holds the digest. */
final class LeaseToken {

  private static final SecureRandom RANDOM = new SecureRandom();

  private LeaseToken() {}

  static String create() {
    byte[] secret = new byte[32];
    RANDOM.nextBytes(secret);
    return HexFormat.of().formatHex(secret);
  }
}
