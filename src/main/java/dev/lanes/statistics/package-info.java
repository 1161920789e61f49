/**
 * Pure statistics of paired rounds: numbers in, records out; no clock, no chance, no I/O. The
 * formulas, their sources and their measured coverage are in {@code src/docs/statistics.md}.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.lanes.statistics;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
