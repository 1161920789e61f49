/** Runs that nobody submits by hand: at present the one that a new installation starts with. */
@ApplicationModule(allowedDependencies = {"run", "host", "catalog", "web", "access"})
@NullMarked
package dev.lanes.schedule;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
