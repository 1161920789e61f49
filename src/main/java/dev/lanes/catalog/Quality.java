package dev.lanes.catalog;

/** How far a cell's figures can be trusted, by the evidence of noise in its rounds; worst last. */
public enum Quality {
  /** No evidence of noise that matters. */
  STABLE,
  /** Usable: intervals hold, but small differences drown. */
  NOISY,
  /** The asked precision was not reached. */
  IMPRECISE,
  /** The answer depends on which of its rounds are taken. */
  UNSTABLE,
  /** Equal arms differ, or the host changed: do not use. */
  INVALID
}
