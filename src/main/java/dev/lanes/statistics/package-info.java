/**
 * Pure statistics of paired rounds: numbers in, records out; no clock, no chance but from a seed
 * that is passed, no I/O. The formulas, their sources and their measured coverage are in {@code
 * src/docs/statistics.md}.
 */
@ApplicationModule(allowedDependencies = "catalog")
@NullMarked
package dev.lanes.statistics;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
