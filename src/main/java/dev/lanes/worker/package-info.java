/**
 * The agent on a host: asks the server for work, has it measured, and hands the samples over.
 *
 * <p>From the outside in: an {@code Agent} asks for work; {@code Attempts} carries each job out,
 * with a guard beside it and a {@code HostWatch} over the host; an {@code Attempt} has its groups
 * measured one after the other, each on a {@code PlacedSite}. What the server did not take yet
 * waits in a {@code Spool}, for the next start too, until a {@code HandOver} has brought it there.
 */
@ApplicationModule(
    allowedDependencies = {
      "arm",
      "measurement",
      "protocol",
      "catalog",
      "interpreter",
      "machine",
      "statistics"
    })
@NullMarked
package dev.lanes.worker;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
