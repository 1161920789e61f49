package dev.lanes.host;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A host as it is told to a client.
 *
 * @param online whether its worker was heard of within the last 90 seconds
 * @param cpu model of the processor; null where the host does not say
 */
public record HostView(
    UUID id,
    String name,
    String state,
    boolean online,
    int cores,
    @Nullable Long memoryBytes,
    String architecture,
    @Nullable String cpu,
    Map<String, Object> facts,
    Instant lastSeenAt) {

  static HostView of(Host host, Instant now) {
    HostFacts facts = host.facts();
    Object cpu = facts.facts().get("cpu_model");
    return new HostView(
        host.id(),
        host.name(),
        host.state(),
        host.lastSeenAt().isAfter(now.minus(Hosts.ONLINE)),
        facts.cores(),
        facts.memoryBytes(),
        facts.architecture(),
        cpu == null ? null : cpu.toString(),
        facts.facts(),
        host.lastSeenAt());
  }
}
