package dev.lanes.worker;

import dev.lanes.machine.Counters;
import dev.lanes.machine.Disturbances;
import dev.lanes.machine.Machine;
import dev.lanes.machine.Placement;
import dev.lanes.machine.Sentinel;
import dev.lanes.measurement.RoundWatch;
import dev.lanes.measurement.Site;
import dev.lanes.protocol.JobSpec.CellSpec;
import dev.lanes.protocol.JobSpec.Group;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The processors of one group, with a sentinel on the same ones. The sentinel's reading after a
 * round is the one before the next.
 */
final class PlacedSite implements Site, RoundWatch {

  private final HostWatch host;
  private final Machine machine;
  private final Placement placement;
  private @Nullable Sentinel sentinel;
  private @Nullable String noSentinel;
  private Sentinel.@Nullable Reading last;
  private @Nullable Counters atStart;

  private PlacedSite(HostWatch host, Machine machine, Placement placement) {
    this.host = host;
    this.machine = machine;
    this.placement = placement;
  }

  /**
   * Opens the place of a group.
   *
   * @param cores how many processors it may have; null for all
   */
  static PlacedSite open(HostWatch host, Machine machine, Group group, @Nullable Integer cores) {
    int threads = group.cells().stream().mapToInt(CellSpec::parallelism).max().orElse(1);
    boolean sequential = group.cells().stream().allMatch(cell -> cell.model().equals("sequential"));
    int atOnce = sequential ? 1 : threads;
    Placement placement =
        cores == null
            ? machine.place(atOnce, sequential)
            : machine.place(atOnce, sequential, cores);
    PlacedSite site = new PlacedSite(host, machine, placement);
    try {
      site.sentinel = host.startSentinel(placement);
    } catch (IOException e) {
      site.noSentinel = String.valueOf(e.getMessage());
    }
    return site;
  }

  @Override
  public List<String> place(List<String> command) {
    return placement.wrap(command);
  }

  @Override
  public List<Integer> cpus() {
    return placement.cpus();
  }

  @Override
  public boolean holds(List<Integer> readBack) {
    return placement.holds(readBack);
  }

  @Override
  public RoundWatch watch() {
    return this;
  }

  @Override
  public void begin() {
    if (last == null) {
      last = reading();
    }
    atStart = machine.counters();
  }

  @Override
  public Observation end(double seconds) {
    Counters before = atStart;
    Map<String, Double> counters =
        before == null ? Map.of() : machine.counters().since(before, seconds);
    Sentinel.Reading first = last;
    Sentinel.Reading second = reading();
    last = second;
    Sentinel current = sentinel;
    if (current == null || first == null || second == null) {
      return new Observation(Map.of(), counters, List.of());
    }
    Sentinel.Reference reference = current.reference();
    return new Observation(
        Sentinel.named(first, second, reference),
        counters,
        Disturbances.of(first, second, reference, counters));
  }

  private Sentinel.@Nullable Reading reading() {
    Sentinel current = sentinel;
    if (current == null) {
      return null;
    }
    try {
      return current.read();
    } catch (IOException e) {
      noSentinel = String.valueOf(e.getMessage());
      current.close();
      sentinel = null;
      return null;
    }
  }

  @Override
  public List<String> faults() {
    return Stream.of(placement.faults(), host.faults()).flatMap(List::stream).toList();
  }

  @Override
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(host.warnings());
    if (noSentinel != null) {
      warnings.add("nothing told how fast the host was between rounds: " + noSentinel);
    }
    return warnings;
  }

  @Override
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("placement", placement.facts());
    facts.put("sentinel_reference", reference());
    return facts;
  }

  private @Nullable Map<String, Object> reference() {
    Sentinel current = sentinel;
    if (current == null || last == null) {
      return null;
    }
    Sentinel.Reference reference = current.reference();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("cpu_seconds", reference.cpuSeconds());
    facts.put("memory_seconds", reference.memorySeconds());
    facts.put("parallel_seconds", reference.parallelSeconds());
    facts.put("token_seconds", reference.tokenSeconds());
    facts.put("readings", reference.readings());
    return facts;
  }

  @Override
  public void close() {
    Sentinel current = sentinel;
    if (current != null) {
      current.close();
    }
    placement.close();
  }
}
