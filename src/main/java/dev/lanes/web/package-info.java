/** Problem details, limits of requests, lists, and the page. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.lanes.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
