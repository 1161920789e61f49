package dev.lanes.host;

import dev.lanes.catalog.Interpreter;
import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.protocol.HostReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a worker says about a host: four cores and 8 GB, unless a test changes it. */
record TestReport(
    int cores,
    Long memoryBytes,
    String architecture,
    Map<String, Object> facts,
    Map<String, String> labels,
    List<Interpreter> interpreters) {

  static TestReport aHost() {
    return new TestReport(
        4,
        8_000_000_000L,
        "x86_64",
        Map.of("cpu_model", "Simulated 3000"),
        Map.of(),
        SimulatedWorker.INTERPRETERS);
  }

  TestReport cores(int other) {
    return new TestReport(other, memoryBytes, architecture, facts, labels, interpreters);
  }

  /** Null for a host that does not tell. */
  TestReport memory(Long other) {
    return new TestReport(cores, other, architecture, facts, labels, interpreters);
  }

  TestReport architecture(String other) {
    return new TestReport(cores, memoryBytes, other, facts, labels, interpreters);
  }

  /** Null for a fact that the host does not tell. */
  TestReport fact(String name, Object fact) {
    Map<String, Object> more = new HashMap<>(facts);
    more.put(name, fact);
    return new TestReport(cores, memoryBytes, architecture, more, labels, interpreters);
  }

  TestReport label(String name, String value) {
    Map<String, String> more = new HashMap<>(labels);
    more.put(name, value);
    return new TestReport(cores, memoryBytes, architecture, facts, more, interpreters);
  }

  TestReport interpreters(List<Interpreter> other) {
    return new TestReport(cores, memoryBytes, architecture, facts, labels, other);
  }

  HostReport told() {
    return new HostReport(cores, memoryBytes, architecture, facts, labels, interpreters);
  }
}
