package dev.lanes.worker;

import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Completion;
import dev.lanes.protocol.Lease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is known of one attempt and not yet by the server: its lease, a file for each chunk that
 * waits, and in the end its completion. Everything is on the disk when a method returns.
 */
final class Spool {

  static final String LEASE = "lease.json";
  static final String COMPLETION = "completion.json";
  private static final String CHUNK = "\\d{6,}\\.json";

  private final Path folder;
  private final JsonMapper json;
  private final SpoolRoom room;
  private long bytes;
  private int next;

  /** A chunk that waits to be sent. */
  record Waiting(int number, Path file) {}

  /** There is no room for more; the message says what to do. */
  static final class Full extends RuntimeException {
    Full(String message) {
      super("spool_full: " + message);
    }
  }

  /** A new one, or that of an earlier start. */
  Spool(Path parent, long fence, JsonMapper json, SpoolRoom room) {
    this.folder = parent.resolve(String.valueOf(fence));
    this.json = json;
    this.room = room;
    try {
      Files.createDirectories(folder);
      DurableFile.sync(parent);
      for (Waiting left : waiting()) {
        bytes += Files.size(left.file());
        next = left.number() + 1;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the spool " + folder, e);
    }
  }

  Path folder() {
    return folder;
  }

  /** Writes down whose results these will be. */
  void begin(Lease lease) {
    write(folder.resolve(LEASE), json.writeValueAsBytes(lease));
  }

  /**
   * Keeps a chunk.
   *
   * @throws Full if there is no room for it
   */
  void add(Chunk chunk) {
    byte[] body = json.writeValueAsBytes(chunk);
    if (bytes + body.length > room.forResults()) {
      throw new Full(
          "results of %d MB wait in %s, and it may hold %d MB; see that the server can be reached, or set lanes.worker.spool-limit to more"
              .formatted(bytes >> 20, folder, room.forResults() >> 20));
    }
    write(folder.resolve("%06d.json".formatted(next)), body);
    bytes += body.length;
    next++;
  }

  /** Writes down how the attempt ended: what the reserve is for, where there is no other room. */
  void end(Completion completion) {
    byte[] body = json.writeValueAsBytes(completion);
    try {
      write(folder.resolve(COMPLETION), body);
    } catch (Full e) {
      try {
        room.release();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
        throw e;
      }
      write(folder.resolve(COMPLETION), body);
    }
  }

  private static void write(Path file, byte[] body) {
    try {
      DurableFile.write(file, body);
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
      if (why.contains("no space left") || why.contains("quota exceeded")) {
        throw new Full(
            "%s cannot be written, the disk is full (%s); make room on it"
                .formatted(file, e.getMessage()));
      }
      throw new UncheckedIOException("cannot keep results in %s: %s".formatted(file, e), e);
    }
  }

  /** How many chunks were ever added. */
  int size() {
    return next;
  }

  /** The chunks to send, in their order. */
  List<Waiting> waiting() {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches(CHUNK))
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
      long size = Files.exists(chunk.file()) ? Files.size(chunk.file()) : 0;
      if (Files.deleteIfExists(chunk.file())) {
        bytes -= size;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + chunk.file(), e);
    }
  }

  /**
   * Forgets everything: the completion first, or what a kill leaves here would look like an attempt
   * that has to be handed over.
   */
  void drop() {
    try {
      Files.deleteIfExists(folder.resolve(COMPLETION));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the completion in " + folder, e);
    }
    FileSystemUtils.deleteRecursively(folder.toFile());
  }
}
