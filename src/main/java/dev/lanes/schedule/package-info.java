/** Runs that nobody has to write or start: suites, schedules, and the first run of all. */
@ApplicationModule(allowedDependencies = {"run", "host", "catalog", "web", "access"})
@NullMarked
package dev.lanes.schedule;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
