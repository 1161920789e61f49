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
  SUITE_SAVED,
  SUITE_DELETED,
  SCHEDULE_SAVED,
  SCHEDULE_DELETED,
  CLAIM_MADE,
  CLAIM_DELETED,
  IMPORT_MADE,
  IMPORT_DELETED,
  WEBHOOK_SAVED,
  WEBHOOK_DELETED,
  SELF_TEST_REPORTED;

  /** The name in JSON and in the database. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
