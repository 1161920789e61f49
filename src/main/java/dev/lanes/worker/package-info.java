/** The agent on a host: finds what it can measure with, measures, and hands the samples over. */
@ApplicationModule(allowedDependencies = {"protocol", "catalog", "statistics"})
@NullMarked
package dev.lanes.worker;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
