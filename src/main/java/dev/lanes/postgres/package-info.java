/** The PostgreSQL that the all-in-one role brings along. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.lanes.postgres;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
