package dev.lanes.cli;

/** A command that could not do what it was asked to; the message is for the one who asked. */
final class CallFailed extends RuntimeException {

  private final boolean passing;

  /**
   * @param passing whether the same call may succeed later
   */
  CallFailed(String message, boolean passing) {
    super(message);
    this.passing = passing;
  }

  boolean passing() {
    return passing;
  }
}
