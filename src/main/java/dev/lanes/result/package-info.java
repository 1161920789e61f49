/** Samples of attempts, what they say about a cell, and how each cell ended. */
@ApplicationModule(allowedDependencies = {"catalog", "run", "statistics", "web"})
@NullMarked
package dev.lanes.result;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
