/** The server's end of the worker protocol. */
@ApplicationModule(
    allowedDependencies = {"protocol", "catalog", "host", "run", "result", "access", "web"})
@NullMarked
package dev.lanes.dispatch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
