/** The Pythons of a host: finding them, asking what they are, and the files they run. */
@ApplicationModule(allowedDependencies = "catalog")
@NullMarked
package dev.lanes.interpreter;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
