package dev.lanes.bench;

/** Something on the command line that cannot be done; the message says what can. */
final class UsageException extends RuntimeException {

  UsageException(String message) {
    super(message);
  }
}
