/** What a worker and a server say to each other. */
@ApplicationModule(allowedDependencies = "catalog")
@NullMarked
package dev.lanes.protocol;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
