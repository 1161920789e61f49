/** Who may do what: tokens, roles and the browser's session. */
@ApplicationModule(allowedDependencies = "web")
@NullMarked
package dev.lanes.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
