package dev.lanes.bench;

import dev.lanes.protocol.JobSpec;
import dev.lanes.worker.JobGivenBackException;
import dev.lanes.worker.LocalWorker;
import dev.lanes.worker.Measured;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One start of a benchmark that measures. */
final class Session implements AutoCloseable {

  private static final int MOST_TRIES = 3;
  private static final Duration PAUSE = Duration.ofSeconds(30);

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

  /**
   * Measures a job. One that the worker gives back, as one does whose host has no peace, is asked
   * for again after a pause; three times in a row are too many.
   */
  Measured measure(JobSpec job) throws IOException, InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        return worker().measure(job);
      } catch (JobGivenBackException e) {
        append(Map.of("kind", "given back", "reason", String.valueOf(e.getMessage())));
        say("given back: %s", e.getMessage());
        if (tries == MOST_TRIES) {
          throw e;
        }
        Thread.sleep(PAUSE);
      }
    }
  }

  void say(String format, Object... arguments) {
    System.out.printf(Locale.ROOT, format + "%n", arguments);
  }

  @Override
  public void close() {
    if (worker != null) {
      worker.close();
    }
  }
}
