package dev.lanes.host;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A hardware profile as somebody wants it. What is left out is not asked for.
 *
 * @param description for whom the name does not say it all
 * @param cores fewest logical processors, of which so many are measured on
 * @param cpu part of the name of the processor, whatever its case
 * @param memoryBytes least physical memory that the kernel may use
 * @param architecture {@code x86_64}, {@code arm64}, …
 * @param labels each of them must be the same on the host
 */
record ProfileRequest(
    @Nullable String description,
    @Nullable Integer cores,
    @Nullable String cpu,
    @Nullable Long memoryBytes,
    @Nullable String architecture,
    @Nullable Map<String, @Nullable String> labels) {}
