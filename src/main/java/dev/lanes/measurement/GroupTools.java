package dev.lanes.measurement;

import dev.lanes.arm.ArmCommands;
import dev.lanes.arm.ArmStarter;
import dev.lanes.protocol.JobSpec.Group;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What every group of an attempt is measured with.
 *
 * @param folder where processes get their folders
 * @param sites where a group is measured
 */
public record GroupTools(
    ArmCommands commands,
    ArmStarter starter,
    Calibrations calibrations,
    Function<Group, Site> sites,
    Path folder,
    LongSupplier nanoTime) {}
