/** Runs that nobody has to write: suites, and the one that a new installation starts with. */
@ApplicationModule(allowedDependencies = {"run", "host", "catalog", "web", "access"})
@NullMarked
package dev.lanes.schedule;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
