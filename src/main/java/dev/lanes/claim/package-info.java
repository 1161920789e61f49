/** Published statements about parallel Python, and what the stored results say of each. */
@ApplicationModule(
    allowedDependencies = {
      "access",
      "analysis",
      "catalog",
      "host",
      "result",
      "run",
      "schedule",
      "web"
    })
@NullMarked
package dev.lanes.claim;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
