package dev.lanes.access;

import java.util.Locale;

/** What the audit tells of. */
public enum AuditAction {
  TOKEN_ISSUED,
  TOKEN_REVOKED,
  ENROLMENT_MADE,
  ENROLMENT_USED,
  RUN_SUBMITTED,
  RUN_CANCELLED,
  RUN_RETRIED,
  SELF_TEST_REPORTED;

  /** The name in JSON and in the database. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
