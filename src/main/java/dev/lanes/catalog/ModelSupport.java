package dev.lanes.catalog;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether an interpreter runs an execution model, as a probe in a process of its own has found.
 *
 * @param interpreter exact id
 * @param model id of the execution model
 * @param reason what was found instead; null when it is supported
 */
public record ModelSupport(
    String interpreter, String model, Verdict verdict, @Nullable String reason) {

  /** What a probe found. */
  public enum Verdict {
    SUPPORTED,
    /** The model itself says that this interpreter lacks what it needs. */
    UNSUPPORTED,
    /** A module cannot be imported where the model runs its tasks. */
    IMPORT_ERROR,
    /** The process died or failed before its result. */
    CRASH_IMPORT,
    /** It died after its last result: what it measured is whole. */
    CRASH_TEARDOWN,
    /** It gave no answer in time. */
    HANG
  }

  public ModelSupport {
    Objects.requireNonNull(interpreter, "interpreter is null");
    Objects.requireNonNull(model, "model is null");
    if (verdict != Verdict.SUPPORTED && (reason == null || reason.isBlank())) {
      throw new IllegalArgumentException(
          "%s on %s is %s but gives no reason".formatted(model, interpreter, verdict));
    }
  }
}
