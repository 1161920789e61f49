package dev.lanes.analysis;

/** What may speak against a compared figure. Codes are never renamed. */
public enum WarningCode {
  /** The two were measured in different rounds. */
  UNPAIRED,
  /** Likewise, and nothing that was measured beside both takes out what the host did. */
  UNANCHORED,
  HOSTS_DIFFER,
  /** The host's processor, kernel or start of the kernel is another one. */
  ENVIRONMENTS_DIFFER,
  /** It is not known whether it is. */
  ENVIRONMENT_UNKNOWN,
  /** The two were measured in different ways. */
  PROTOCOLS_DIFFER,
  /** The workload's file is another one. */
  WORKLOADS_DIFFER,
  /** Another build of the same interpreter line. */
  BUILDS_DIFFER,
  FEW_ROUNDS,
  NOISY,
  IMPRECISE,
  UNSTABLE,
  /** The rounds fall into two clusters. */
  BIMODAL,
  /** Few turns carry the difference. */
  TAIL_HEAVY,
  /** Among so many comparisons such a difference is to be expected. */
  BY_CHANCE,
  /** Some cells have no counterpart in the other run. */
  UNMATCHED
}
