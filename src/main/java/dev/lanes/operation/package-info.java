/** What an operator looks at: whether the server can work, and what it does, in numbers. */
@ApplicationModule(allowedDependencies = {"host"})
@NullMarked
package dev.lanes.operation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
