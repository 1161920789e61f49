package dev.lanes.worker;

import dev.lanes.catalog.Evidence;
import dev.lanes.catalog.Outcome;

/** The end of an arm that did not go well: an outcome of its cell, not a fault of the worker. */
final class ArmFailure extends Exception {

  private final Outcome outcome;
  private final transient Evidence evidence;

  ArmFailure(Outcome outcome, String reason, Evidence evidence) {
    super(reason);
    this.outcome = outcome;
    this.evidence = evidence;
  }

  Outcome outcome() {
    return outcome;
  }

  Evidence evidence() {
    return evidence;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
