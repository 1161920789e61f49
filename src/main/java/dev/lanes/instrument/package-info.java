/**
 * What is known of the instrument itself: whether equal arms come out equal, and its self-tests.
 */
@ApplicationModule(allowedDependencies = {"access", "catalog", "result", "statistics", "web"})
@NullMarked
package dev.lanes.instrument;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
