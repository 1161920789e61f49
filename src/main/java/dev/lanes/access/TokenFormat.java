package dev.lanes.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.zip.CRC32;

/**
 * How a token is written: {@code lanes_}, a letter for its kind, thirty random characters and a
 * checksum of six, so that a leaked one can be found by its shape and a mistyped one is refused
 * without a look into the database. The idea is GitHub's.
 */
final class TokenFormat {

  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int SECRET_LENGTH = 30;
  private static final int CHECKSUM_LENGTH = 6;
  private static final SecureRandom RANDOM = new SecureRandom();

  private TokenFormat() {}

  /** A new token with some 178 random bits. */
  static String create(Role role) {
    return create(role == Role.WORKER ? 'w' : 'u');
  }

  /** A new secret by which a worker enrols. */
  static String createEnrolment() {
    return create('e');
  }

  private static String create(char kind) {
    StringBuilder token = new StringBuilder("lanes_").append(kind);
    for (int i = 0; i < SECRET_LENGTH; i++) {
      token.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return token + checksum(token.toString());
  }

  /** Whether the text can be a token, or the secret of an enrolment, at all. */
  static boolean matches(String text) {
    if (!text.matches("lanes_[uwe][0-9A-Za-z]{" + (SECRET_LENGTH + CHECKSUM_LENGTH) + "}")) {
      return false;
    }
    int end = text.length() - CHECKSUM_LENGTH;
    return checksum(text.substring(0, end)).equals(text.substring(end));
  }

  /** Whether the text would be the secret of an enrolment. */
  static boolean isEnrolment(String text) {
    return text.startsWith("lanes_e");
  }

  /** What is stored of a token. A random secret of this length needs no slow hash. */
  static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    long rest = crc.getValue();
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < CHECKSUM_LENGTH; i++) {
      digits.insert(0, ALPHABET.charAt((int) (rest % ALPHABET.length())));
      rest /= ALPHABET.length();
    }
    return digits.toString();
  }
}
