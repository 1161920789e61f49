package dev.lanes.access;

import org.jspecify.annotations.Nullable;

/**
 * Whether the audit is as it was written.
 *
 * @param rows entries that were read
 * @param intact whether each has its digest and follows the one before
 * @param firstBroken id of the first that was changed, or that follows a missing or changed one;
 *     null when the audit is intact
 */
record AuditVerification(long rows, boolean intact, @Nullable Long firstBroken) {}
