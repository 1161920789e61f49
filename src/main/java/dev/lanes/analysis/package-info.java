/** What samples say about each other: comparisons along an axis of a run. */
@ApplicationModule(allowedDependencies = {"catalog", "run", "result", "statistics", "web"})
@NullMarked
package dev.lanes.analysis;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
