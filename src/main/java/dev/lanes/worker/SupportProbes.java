package dev.lanes.worker;

import dev.lanes.arm.ModelProbe;
import dev.lanes.catalog.Catalog;
import dev.lanes.catalog.ExecutionModel;
import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.ModelSupport;
import dev.lanes.interpreter.Interpreters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What each interpreter of this host runs, found one probe at a time while there is nothing else to
 * do. Verdicts are kept in a file: a build is probed again only when it or Lanes' own Python files
 * have changed.
 */
final class SupportProbes {

  private static final Logger log = LoggerFactory.getLogger(SupportProbes.class);
  private static final JsonMapper JSON = JsonMapper.shared();

  private record Pair(Interpreter interpreter, ExecutionModel model) {}

  private record Kept(String sources, List<ModelSupport> verdicts) {
    Kept {
      Objects.requireNonNull(sources, "sources is null");
      verdicts = List.copyOf(verdicts);
    }
  }

  private final Path file;
  private final String sources;
  private final Map<List<String>, ModelSupport> known = new HashMap<>();
  private final Queue<Pair> missing = new ArrayDeque<>();
  private List<ModelSupport> unsent = new ArrayList<>();

  SupportProbes(Path file, Catalog catalog, Interpreters interpreters) {
    this.file = file;
    this.sources = interpreters.sourcesSha256();
    read().forEach(verdict -> known.put(key(verdict.interpreter(), verdict.model()), verdict));
    for (ExecutionModel model : catalog.models()) {
      interpreters.all().stream()
          .filter(Interpreter::usable)
          .filter(found -> !known.containsKey(key(found.id(), model.id())))
          .forEach(found -> missing.add(new Pair(found, model)));
    }
    sendAll();
  }

  private static List<String> key(String interpreter, String model) {
    return List.of(interpreter, model);
  }

  /** Everything that is known is told once more. */
  void sendAll() {
    unsent = new ArrayList<>(known.values());
  }

  /** Verdicts that the server has not heard yet. */
  List<ModelSupport> unsent() {
    return List.copyOf(unsent);
  }

  /** The server has heard these. */
  void sent(List<ModelSupport> verdicts) {
    unsent.removeAll(verdicts);
  }

  /** Whether something is left to find out. */
  boolean pending() {
    return !missing.isEmpty();
  }

  /** Finds out one thing. */
  void next(ModelProbe probe) {
    Pair pair = missing.poll();
    if (pair == null) {
      return;
    }
    List<String> key = key(pair.interpreter().id(), pair.model().id());
    // One build may be found at several places: it is asked once.
    if (!known.containsKey(key)) {
      ModelSupport found = probe.probe(pair.interpreter(), pair.model());
      known.put(key, found);
      unsent.add(found);
    }
    if (missing.isEmpty()) {
      log.info("support={} verdicts are known for every model on every interpreter", known.size());
      write();
    }
  }

  private List<ModelSupport> read() {
    try {
      Kept kept = JSON.readValue(Files.readString(file), Kept.class);
      return kept != null && kept.sources().equals(sources) ? kept.verdicts() : List.of();
    } catch (IOException | JacksonException e) {
      return List.of(); // absent or of another version: probed again
    }
  }

  private void write() {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.writeString(
          next, JSON.writeValueAsString(new Kept(sources, List.copyOf(known.values()))));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      log.warn("{} cannot be written; the next start probes again: {}", file, e.toString());
    }
  }
}
