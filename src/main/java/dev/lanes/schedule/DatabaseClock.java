package dev.lanes.schedule;

import java.time.Instant;

/** The clock that all servers share: whether something is due, theirs must not decide. */
interface DatabaseClock {

  Instant now();
}
