/** The axes of a run as immutable values: workloads, execution models, interpreters, measures. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.lanes.catalog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
