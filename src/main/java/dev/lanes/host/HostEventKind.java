package dev.lanes.host;

/** What can happen to a host. */
enum HostEventKind {
  FIRST_SEEN,
  ENVIRONMENT_CHANGED,
  INTERPRETER_FOUND,
  INTERPRETER_GONE,
  QUARANTINED,
  RELEASED,
  DRAINING,
  /** Released after somebody has looked at the change of its environment. */
  REVIEWED
}
