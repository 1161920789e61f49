package dev.lanes.worker;

/** The worker ended a job without having measured it; the message says why. */
public final class JobGivenBackException extends RuntimeException {

  JobGivenBackException(String reason) {
    super(reason);
  }
}
