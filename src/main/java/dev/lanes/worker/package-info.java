/**
 * The agent on a host: measures what it is given and hands the samples over.
 *
 * <p>From the outside in: an {@code Agent} asks the server for work; {@code Attempts} carries each
 * job out, with a {@code Guard} beside it and a {@code HostWatch} over the host; an {@code Attempt}
 * has its groups measured one after the other.
 *
 * <p>A {@code GroupSession} measures one group, a {@code CellGroup}, on a {@code Site}. {@code
 * Preparation} decides how, from {@code Calibrations} or by a {@code Pilot}. Each {@code Round}
 * starts an {@code Arm} per cell; what it gives is an {@code ArmRound}, and what adds up is a
 * {@code CellRecord}. {@code GroupMeasurement} says when it is enough, {@code GroupEvidence} how
 * far it can be trusted.
 */
@ApplicationModule(
    allowedDependencies = {"protocol", "catalog", "interpreter", "machine", "statistics"})
@NullMarked
package dev.lanes.worker;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
