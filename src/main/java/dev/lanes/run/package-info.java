/** Runs: what was asked for, the cells it expands to, and the queue of jobs with its leases. */
@ApplicationModule(allowedDependencies = {"catalog", "host", "web", "access"})
@NullMarked
package dev.lanes.run;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
