/** The command line: a thin caller of the REST API, without Spring and without a server's parts. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.lanes.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
