package dev.lanes.catalog;

/**
 * How the measuring of a cell ended. Everything but {@link #NOT_MEASURED} and {@link #CANCELLED} is
 * a finding about the cell and is not tried again.
 */
public enum Outcome {
  /** Every round ran and every result was right. */
  SUCCEEDED,
  /** The interpreter cannot run this execution model or workload; the reason says why. */
  UNSUPPORTED,
  /** A task returned something else than the workload expects, or nothing. */
  WRONG_RESULT,
  /** A task raised an exception. */
  EXCEPTION,
  /** Something that the workload or the model needs cannot be imported. */
  IMPORT_ERROR,
  /** The GIL was not in the state that the interpreter's line promises. */
  GIL_MISMATCH,
  /** The process, or a worker process of it, died. */
  CRASHED,
  /** A phase took longer than its limit and was killed. */
  TIMED_OUT,
  /** The process was killed for lack of memory. */
  OUT_OF_MEMORY,
  /** Somebody cancelled the run before the cell was measured. */
  CANCELLED,
  /** No host could measure it; the reason says what failed. */
  NOT_MEASURED
}
