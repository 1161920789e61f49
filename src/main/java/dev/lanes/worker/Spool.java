package dev.lanes.worker;

import dev.lanes.protocol.Chunk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/** Results of an attempt that the server has not acknowledged, one file for each chunk. */
final class Spool {

  private final Path folder;
  private final JsonMapper json;
  private int next;

  /** A chunk that waits to be sent. */
  record Waiting(int number, Path file) {}

  Spool(Path parent, long fence, JsonMapper json) {
    this.folder = parent.resolve(String.valueOf(fence));
    this.json = json;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the spool " + folder, e);
    }
  }

  /** Writes a chunk so that it is either there whole or not at all. */
  void add(Chunk chunk) {
    Path file = folder.resolve("%06d.json".formatted(next));
    Path draft = folder.resolve("draft");
    try {
      Files.write(draft, json.writeValueAsBytes(chunk));
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep results in %s: %s".formatted(file, e), e);
    }
    next++;
  }

  /** How many chunks were ever added. */
  int size() {
    return next;
  }

  /** The chunks to send, in their order. */
  List<Waiting> waiting() {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".json"))
          .map(file -> new Waiting(number(file), file))
          .sorted(Comparator.comparingInt(Waiting::number))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the spool " + folder, e);
    }
  }

  private static int number(Path file) {
    return Integer.parseInt(file.getFileName().toString().replace(".json", ""));
  }

  /** Forgets a chunk that the server has acknowledged. */
  void acknowledged(Waiting chunk) {
    try {
      Files.deleteIfExists(chunk.file());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + chunk.file(), e);
    }
  }

  /** Forgets everything. */
  void drop() {
    FileSystemUtils.deleteRecursively(folder.toFile());
  }
}
