package dev.lanes.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * A secret that server and workers share, by which a worker enrols as often as it has to: for hosts
 * that are made and unmade by a program, as containers are. It says which host calls, so whoever
 * has it can be the worker of any host, and nothing else.
 *
 * @param secret at least {@value #SHORTEST} of A-Z, a-z, 0-9, - and _
 */
public record StandingSecret(String secret) {

  private static final int SHORTEST = 32;
  private static final String PREFIX = "lanes_s~";

  public StandingSecret {
    if (!secret.matches("[A-Za-z0-9_-]{" + SHORTEST + ",}")) {
      throw new IllegalArgumentException(
          "the standing secret of enrolments has %d characters; it must be at least %d of A-Z, a-z,"
                  .formatted(secret.length(), SHORTEST)
              + " 0-9, - and _, as \"openssl rand -hex 32\" prints them");
    }
  }

  /** Whether the text is meant as the token of such a worker. */
  public static boolean isToken(String text) {
    return text.startsWith(PREFIX);
  }

  /**
   * The secret in a file, where a line break at the end is not part of it.
   *
   * @throws IllegalArgumentException if it is too short
   * @throws UncheckedIOException if the file cannot be read
   */
  public static StandingSecret in(Path file) {
    try {
      return new StandingSecret(Files.readString(file).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the standing secret of enrolments cannot be read from " + file, e);
    }
  }

  /** What the worker of a host calls with in the place of a token. */
  public String token(String host) {
    return PREFIX + host + "~" + secret;
  }

  /** The host that a token speaks for; empty if it does not hold this secret. */
  public Optional<String> host(String token) {
    int end = token.lastIndexOf('~');
    if (!isToken(token) || end < PREFIX.length()) {
      return Optional.empty();
    }
    byte[] told = token.substring(end + 1).getBytes(StandardCharsets.UTF_8);
    // Takes as long for a wrong secret as for the right one, whatever part of it is right.
    boolean right = MessageDigest.isEqual(told, secret.getBytes(StandardCharsets.UTF_8));
    return right ? Optional.of(token.substring(PREFIX.length(), end)) : Optional.empty();
  }

  /** A secret is not for logs. */
  @Override
  public String toString() {
    return "StandingSecret";
  }
}
