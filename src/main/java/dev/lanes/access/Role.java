package dev.lanes.access;

import java.util.List;
import java.util.Locale;

/** What the holder of a token may do. Each of the first three includes the ones before it. */
public enum Role {
  /** Reads everything. */
  VIEWER,
  /** Submits and cancels runs. */
  SUBMITTER,
  /** Manages tokens, hosts and schedules. */
  ADMIN,
  /** Measures on one host, and nothing else. */
  WORKER;

  /** The name in JSON and in the database. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** This role and every role it includes, as authorities. */
  List<String> authorities() {
    return switch (this) {
      case VIEWER -> List.of("viewer");
      case SUBMITTER -> List.of("viewer", "submitter");
      case ADMIN -> List.of("viewer", "submitter", "admin");
      case WORKER -> List.of("worker");
    };
  }
}
