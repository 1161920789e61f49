package dev.lanes.worker;

import dev.lanes.machine.HostCheck.Findings;
import dev.lanes.machine.HostTuning;
import dev.lanes.machine.Machine;
import dev.lanes.machine.Placement;
import dev.lanes.machine.Sentinel;
import dev.lanes.measurement.Site;
import dev.lanes.protocol.JobSpec.Group;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Looks after the host for one attempt: checks it before and after, and gives groups a place. */
final class HostWatch {

  private final Machine machine;
  private final HostTuning tuning;
  private final int controlReadings;
  private final List<String> sentinelCommand;
  private final Path history;
  private final boolean justMeasured;
  private @Nullable Findings before;
  private @Nullable String noControl;

  /**
   * @param controlReadings how often the control workload is read before the attempt
   * @param sentinelCommand Python with the sentinel; empty where there is none to run it
   * @param history file of the sentinel's readings
   * @param justMeasured whether this worker measured a moment ago, so that the load is its own
   */
  HostWatch(
      Machine machine,
      HostTuning tuning,
      int controlReadings,
      List<String> sentinelCommand,
      Path history,
      boolean justMeasured) {
    this.machine = machine;
    this.tuning = tuning;
    this.controlReadings = controlReadings;
    this.sentinelCommand = List.copyOf(sentinelCommand);
    this.history = history;
    this.justMeasured = justMeasured;
  }

  /**
   * Checks the host before anything is measured.
   *
   * @return why nothing should be measured here; empty when it may be
   */
  Optional<String> preflight() {
    List<Sentinel.Reading> control = new ArrayList<>();
    Sentinel.Reference reference = new Sentinel.Reference(1, 1, 1, 1, 0);
    try (Sentinel sentinel = start(UnaryOperator.identity())) {
      for (int i = 0; i < controlReadings; i++) {
        control.add(sentinel.read());
      }
      reference = sentinel.reference();
    } catch (IOException e) {
      noControl = String.valueOf(e.getMessage());
    }
    Findings found = machine.preflight(reference, control, justMeasured);
    before = found;
    return found.refuse()
        ? Optional.of(
            "this host is too noisy to measure on: %s; calm it, or set"
                    .formatted(String.join("; ", found.warnings()))
                + " lanes.worker.control.action to warn")
        : Optional.empty();
  }

  /**
   * Where a group is measured.
   *
   * @param cores how many processors it may have; null for all
   */
  Site site(Group group, @Nullable Integer cores) {
    return PlacedSite.open(this, machine, group, cores);
  }

  Sentinel startSentinel(Placement placement) throws IOException {
    return start(placement::wrap);
  }

  private Sentinel start(UnaryOperator<List<String>> place) throws IOException {
    if (sentinelCommand.isEmpty()) {
      throw new IOException("there is no interpreter that the sentinel can run on");
    }
    return Sentinel.start(place.apply(sentinelCommand), history, machine.fingerprint());
  }

  /** What makes figures of this attempt invalid, as of now. */
  List<String> faults() {
    return before == null ? List.of() : union(before.faults(), machine.endcheck(before).faults());
  }

  /** What speaks against them, as of now. */
  List<String> warnings() {
    return before == null
        ? List.of()
        : union(before.warnings(), machine.endcheck(before).warnings());
  }

  private static List<String> union(List<String> earlier, List<String> now) {
    List<String> all = new ArrayList<>(earlier);
    now.stream().filter(finding -> !all.contains(finding)).forEach(all::add);
    return all;
  }

  /** For the session; checks the host once more. */
  Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("fingerprint", machine.fingerprint());
    facts.put("tuning", tuning.facts());
    facts.put("preflight", before == null ? null : told(before));
    facts.put("endcheck", before == null ? null : told(machine.endcheck(before)));
    facts.put("no_control_because", noControl);
    return facts;
  }

  private static Map<String, Object> told(Findings findings) {
    Map<String, Object> facts = new LinkedHashMap<>(findings.facts());
    facts.put("faults", findings.faults());
    facts.put("warnings", findings.warnings());
    return facts;
  }
}
