package dev.lanes.catalog;

/** What an arm of a round is for. */
public enum ArmRole {
  /** It is what was asked about. */
  SUBJECT,
  /**
   * The group's baseline once more under another name. Whatever difference it shows to the baseline
   * is noise: the floor below which the round's other ratios mean nothing.
   */
  PLACEBO,
  /** A frozen program on a frozen interpreter: history is told as the ratio to it. */
  ANCHOR
}
