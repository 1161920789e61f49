package dev.lanes.measurement;

/** What held for a whole attempt, as the server keeps it. */
public final class SessionFacts {

  /** Version of the way of measuring; figures of different versions are not compared in history. */
  public static final int PROTOCOL_VERSION = 3;

  private SessionFacts() {}
}
