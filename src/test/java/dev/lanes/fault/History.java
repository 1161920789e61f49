package dev.lanes.fault;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Every call of a test in the order in which the answers came, in memory and in a file. */
final class History implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final List<Call> calls = new ArrayList<>();
  private final BufferedWriter file;
  private final AtomicLong operations = new AtomicLong();
  private int completed;

  History(Path path) throws IOException {
    Files.createDirectories(path.getParent());
    this.file = Files.newBufferedWriter(path);
  }

  /** A number for a call and for those that repeat it. */
  long operation() {
    return operations.incrementAndGet();
  }

  synchronized void add(Call call) {
    calls.add(call);
    completed += call.is(Call.Kind.COMPLETE, Call.Answer.OK) ? 1 : 0;
    try {
      file.write(JSON.writeValueAsString(call));
      file.newLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Completions that were acknowledged. */
  synchronized int completed() {
    return completed;
  }

  synchronized long count(Predicate<Call> which) {
    return calls.stream().filter(which).count();
  }

  /** When the first of such calls was answered, milliseconds since 1970. */
  synchronized OptionalLong firstEnd(Predicate<Call> which) {
    return calls.stream().filter(which).mapToLong(Call::ended).min();
  }

  /** How long each operation took that had to be repeated, milliseconds. */
  List<Long> repeatedMs() {
    Map<Long, List<Call>> operations =
        calls().stream().collect(Collectors.groupingBy(Call::operation));
    return operations.values().stream()
        .filter(its -> its.size() > 1)
        .map(its -> its.getLast().ended() - its.getFirst().begun())
        .toList();
  }

  synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }

  /** What a file holds. */
  static List<Call> read(Path path) throws IOException {
    try (var lines = Files.lines(path)) {
      return lines.map(line -> JSON.readValue(line, Call.class)).toList();
    }
  }
}
