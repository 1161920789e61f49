package dev.lanes.interpreter;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where packages for an interpreter lie.
 *
 * @param folder for PYTHONPATH; null when they cannot be had
 * @param reason why not; null when they are there
 */
public record PackageFolder(@Nullable Path folder, @Nullable String reason) {}
