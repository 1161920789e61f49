package dev.lanes.bench;

import dev.lanes.worker.LocalWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One start of a benchmark that measures. */
final class Session implements AutoCloseable {

  private final Options options;
  private final RawFile file;
  private final Path folder;
  private final long seed;
  private final List<JsonNode> lines;
  private @Nullable LocalWorker worker;

  /**
   * @param folder where the benchmark may keep files between starts
   * @param seed source of everything random
   */
  Session(Options options, RawFile file, Path folder, long seed) throws IOException {
    this.options = options;
    this.file = file;
    this.folder = folder;
    this.seed = seed;
    this.lines = new ArrayList<>(file.lines());
  }

  Options options() {
    return options;
  }

  Path folder() {
    return folder;
  }

  long seed() {
    return seed;
  }

  /** What has been measured so far, by earlier starts too. */
  List<JsonNode> lines() {
    return Collections.unmodifiableList(lines);
  }

  /** Lines of a kind. */
  List<JsonNode> lines(String kind) {
    return Lines.of(lines, kind);
  }

  /** Keeps a line. */
  void append(Map<String, ?> line) throws IOException {
    file.append(line);
    lines.add(JsonMapper.shared().valueToTree(line));
  }

  /** The worker that measures; started when it is first asked for. */
  LocalWorker worker() throws IOException, InterruptedException {
    if (worker == null) {
      worker = LocalWorker.start(folder.resolve("../worker").normalize());
    }
    return Objects.requireNonNull(worker);
  }

  void say(String format, Object... arguments) {
    System.out.printf(java.util.Locale.ROOT, format + "%n", arguments);
  }

  @Override
  public void close() {
    if (worker != null) {
      worker.close();
    }
  }
}
