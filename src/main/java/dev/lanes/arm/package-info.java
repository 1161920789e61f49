/**
 * One process that is measured: an {@code Arm} in a process group of its own, what it says and how
 * it ends.
 *
 * <p>{@code ArmCommands} says what is started for a cell, {@code ArmStarter} starts it where it may
 * run, {@code ArmProcess} holds its pipes. Nothing is ever left running: a {@code Watchdog} limits
 * each answer, a {@code ProcessJournal} remembers the groups, and a {@code Guard} kills them when
 * the worker itself is killed.
 */
@ApplicationModule(allowedDependencies = {"protocol", "catalog", "interpreter"})
@NullMarked
package dev.lanes.arm;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
