/**
 * Benchmarks of the instrument itself: is its error rate the one it promises, does it see what is
 * there, does it say when it cannot. Measuring appends raw lines to a file; figures are computed
 * from such a file alone, so that they can be computed again.
 */
@NullMarked
package dev.lanes.bench;

import org.jspecify.annotations.NullMarked;
