package dev.lanes.catalog;

import org.jspecify.annotations.Nullable;

/**
 * What is left of a cell that did not succeed.
 *
 * @param exitCode exit status of the process; null when a signal ended it or it was killed
 * @param exitSignal name of the signal that ended the process, {@code SIGSEGV}
 * @param stderrTail last lines the process wrote to its standard error and output
 * @param traceback last lines of the Python traceback
 */
public record Evidence(
    @Nullable Integer exitCode,
    @Nullable String exitSignal,
    @Nullable String stderrTail,
    @Nullable String traceback) {}
