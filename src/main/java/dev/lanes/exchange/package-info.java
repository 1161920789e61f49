/** What goes out in the formats of other programs, and what comes in from them. */
@ApplicationModule(
    allowedDependencies = {"catalog", "run", "result", "statistics", "web", "access"})
@NullMarked
package dev.lanes.exchange;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
