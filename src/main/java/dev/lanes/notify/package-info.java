/** Tells the addresses of people what happens here: signed, tried again, and logged. */
@ApplicationModule(allowedDependencies = {"run", "host", "access", "web"})
@NullMarked
package dev.lanes.notify;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
