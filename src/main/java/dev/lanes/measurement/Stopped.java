package dev.lanes.measurement;

/** Measuring ends before its time because the server or the operator wants it. */
public final class Stopped extends Exception {

  /** Who wants it, and what becomes of the results. */
  public enum Why {
    /** The run was cancelled: the attempt is ended as such. */
    CANCELLED,
    /** The attempt has ended without us: its results are dropped. */
    ABANDONED,
    /** The worker is stopping: the attempt is given back. */
    STOPPING
  }

  private final Why why;

  public Stopped(Why why) {
    super(why.name());
    this.why = why;
  }

  public Why why() {
    return why;
  }
}
