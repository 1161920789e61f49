/** The machine that is measured on: what it is, how it is prepared, and how noisy it is. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.lanes.machine;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
