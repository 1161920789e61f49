/**
 * Measures one comparison group; needs no server.
 *
 * <p>A {@code GroupSession} measures one group, a {@code CellGroup}, on a {@code Site}. {@code
 * Preparation} decides how, from {@code Calibrations} or by a {@code Pilot}. Each {@code Round}
 * starts an {@code Arm} per cell; what it gives is an {@code ArmRound}, and what adds up is a
 * {@code CellRecord}. {@code GroupMeasurement} says when it is enough, {@code GroupEvidence} how
 * far it can be trusted.
 */
@ApplicationModule(allowedDependencies = {"arm", "protocol", "catalog", "machine", "statistics"})
@NullMarked
package dev.lanes.measurement;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
