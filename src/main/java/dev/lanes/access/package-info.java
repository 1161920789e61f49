/**
 * Who may do what, and who did: tokens, roles, the browser's session, the enrolment of workers, the
 * audit.
 */
@ApplicationModule(allowedDependencies = {"protocol", "web"})
@NullMarked
package dev.lanes.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
