package dev.lanes.protocol;

import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * How far an attempt is.
 *
 * @param current what is measured now, in words
 * @param secondsLeft estimate until the attempt ends; null when there is no ground for one yet
 */
public record Progress(@Size(max = 500) String current, @Nullable Double secondsLeft) {}
