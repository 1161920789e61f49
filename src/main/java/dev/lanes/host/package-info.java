/** Hosts, what is known of them, and the interpreters found on them. */
@ApplicationModule(allowedDependencies = {"catalog", "web", "access"})
@NullMarked
package dev.lanes.host;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
