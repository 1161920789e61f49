package dev.lanes.host;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A hardware profile as it is told. What is null is not asked for.
 *
 * @param cores fewest logical processors, of which so many are measured on
 * @param cpu part of the name of the processor, whatever its case
 * @param memoryBytes least physical memory that the kernel may use
 * @param labels each of them is the same on the host
 * @param version what a change of it sends in the header {@code If-Match}
 * @param hosts names of the active hosts that fulfil it
 * @param online whether one of them is online
 */
record ProfileView(
    String name,
    String description,
    @Nullable Integer cores,
    @Nullable String cpu,
    @Nullable Long memoryBytes,
    @Nullable String architecture,
    Map<String, String> labels,
    String version,
    List<String> hosts,
    boolean online) {}
