/** The agent on a host: measures what it is given and hands the samples over. */
@ApplicationModule(
    allowedDependencies = {"protocol", "catalog", "interpreter", "machine", "statistics"})
@NullMarked
package dev.lanes.worker;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
