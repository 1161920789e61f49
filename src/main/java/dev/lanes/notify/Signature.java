package dev.lanes.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves to a receiver that a delivery is from here and unaltered.
 *
 * <p>Source: Standard Webhooks, specification 1.0.0, "Signature scheme": HMAC-SHA256 over id,
 * seconds and body, joined by dots.
 */
final class Signature {

  private static final String PREFIX = "whsec_";

  private Signature() {}

  /** The value of the header {@code webhook-signature}. */
  static String of(byte[] secret, String id, long seconds, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] signed =
          mac.doFinal("%s.%d.%s".formatted(id, seconds, body).getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  /** A secret as it is shown, and as libraries of receivers take it. */
  static String shown(byte[] secret) {
    return PREFIX + Base64.getEncoder().encodeToString(secret);
  }
}
