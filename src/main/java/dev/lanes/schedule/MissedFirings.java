package dev.lanes.schedule;

/** What becomes of due times that no server was there for. */
enum MissedFirings {
  /** None of them makes a run. */
  SKIP,
  /** The last of them makes one, as soon as a server is there. */
  ONCE
}
