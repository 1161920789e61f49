package dev.lanes.host;

import dev.lanes.catalog.Interpreter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A host as it is told to a client.
 *
 * @param stateReason why it is in its state; null for an active host
 * @param online whether its worker was heard of within the last 90 seconds
 * @param cpu model of the processor; null where the host does not say
 * @param labels what its owner says about it, by name
 * @param profiles hardware profiles that it fulfils; none while it is not active
 * @param interpreters how many of its Pythons can be used
 */
public record HostView(
    UUID id,
    String name,
    String state,
    @Nullable String stateReason,
    boolean online,
    int cores,
    @Nullable Long memoryBytes,
    String architecture,
    @Nullable String cpu,
    Map<String, String> labels,
    List<String> profiles,
    int interpreters,
    Map<String, Object> facts,
    Instant lastSeenAt) {

  static HostView of(Host host, List<String> profiles, Instant now) {
    HostFacts facts = host.facts();
    Object cpu = facts.facts().get("cpu_model");
    return new HostView(
        host.id(),
        host.name(),
        host.state(),
        host.stateReason(),
        host.lastSeenAt().isAfter(now.minus(Hosts.ONLINE)),
        facts.cores(),
        facts.memoryBytes(),
        facts.architecture(),
        cpu == null ? null : cpu.toString(),
        facts.labels(),
        profiles,
        (int) facts.interpreters().stream().filter(Interpreter::usable).count(),
        facts.facts(),
        host.lastSeenAt());
  }
}
