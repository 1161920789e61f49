package dev.lanes.arm;

import dev.lanes.catalog.Evidence;
import dev.lanes.catalog.Outcome;

/** The end of an arm that did not go well: an outcome of its cell, not a fault of the worker. */
public final class ArmFailure extends Exception {

  private final Outcome outcome;
  private final transient Evidence evidence;

  public ArmFailure(Outcome outcome, String reason, Evidence evidence) {
    super(reason);
    this.outcome = outcome;
    this.evidence = evidence;
  }

  public Outcome outcome() {
    return outcome;
  }

  public Evidence evidence() {
    return evidence;
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
