/** What samples say about each other, and about runs to come. */
@ApplicationModule(allowedDependencies = {"catalog", "run", "result", "statistics", "web"})
@NullMarked
package dev.lanes.analysis;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
