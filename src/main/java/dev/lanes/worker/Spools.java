package dev.lanes.worker;

import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Completion;
import dev.lanes.protocol.Lease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The spools of a worker: one for each attempt that the server has not closed, in the folder {@code
 * spool}. What can be of no use any more but may be asked for is put into {@code rejected} beside
 * it, and kept for a week or until it is too much.
 */
final class Spools {

  private static final Logger log = LoggerFactory.getLogger(Spools.class);
  private static final Duration KEPT = Duration.ofDays(7);
  private static final long MOST_REJECTED_BYTES = 256L << 20;

  private final Path folder;
  private final Path rejected;
  private final JsonMapper json;
  private final SpoolRoom room;
  private final Clock clock;

  /**
   * Touches nothing yet.
   *
   * @param directory of the worker
   * @param limitBytes most bytes of results that may wait
   */
  Spools(Path directory, long limitBytes, JsonMapper json, Clock clock) {
    this.folder = directory.resolve("spool");
    this.rejected = directory.resolve("rejected");
    this.json = json;
    this.room = SpoolRoom.in(folder, limitBytes);
    this.clock = clock;
  }

  /** An attempt that has ended, as an earlier start left it. */
  record Ended(Lease lease, Spool spool, Completion completion) {}

  /**
   * Whether the end of an attempt could be told from here; without that none should begin.
   *
   * @throws IOException if the disk has no room for the reserve, saying so
   */
  void requireRoom() throws IOException {
    room.keep();
  }

  /** A spool for a new attempt, whose lease is kept in it. */
  Spool begin(Lease lease) {
    Spool spool = new Spool(folder, lease.fence(), json, room);
    spool.begin(lease);
    return spool;
  }

  /**
   * What earlier starts left, and the server may still want. An attempt that had not ended is given
   * away by the server and forgotten here; what cannot be read is put aside.
   */
  List<Ended> left() {
    prune();
    List<Ended> ended = new ArrayList<>();
    for (Path entry : entries(folder)) {
      if (entry.equals(room.reserve()) || entry.endsWith(DurableFile.DRAFT)) {
        continue; // the next reserve replaces a draft of it
      }
      try {
        Optional<Ended> found = read(entry);
        found.ifPresentOrElse(ended::add, () -> forget(entry));
      } catch (IOException | UncheckedIOException | Unreadable e) {
        reject(entry, "it cannot be read: " + e.getMessage());
      }
    }
    ended.sort(Comparator.comparingLong(left -> left.lease().fence()));
    return ended;
  }

  private static void forget(Path entry) {
    log.info(
        "fence={} had not ended when this worker was; the server gives it away",
        entry.getFileName());
    FileSystemUtils.deleteRecursively(entry.toFile());
  }

  /** What it says makes no sense. */
  private static final class Unreadable extends RuntimeException {
    Unreadable(String message) {
      super(message);
    }
  }

  /** Empty for an attempt that had not ended. */
  private Optional<Ended> read(Path entry) throws IOException {
    Lease lease = read(entry.resolve(Spool.LEASE), Lease.class);
    if (!entry.getFileName().toString().equals(String.valueOf(lease.fence()))) {
      throw new Unreadable("its lease is of fence " + lease.fence());
    }
    Path completion = entry.resolve(Spool.COMPLETION);
    if (!Files.exists(completion)) {
      return Optional.empty();
    }
    Completion end = read(completion, Completion.class);
    Spool spool = new Spool(folder, lease.fence(), json, room);
    for (Spool.Waiting chunk : spool.waiting()) {
      read(chunk.file(), Chunk.class);
    }
    return Optional.of(new Ended(lease, spool, end));
  }

  private <T> T read(Path file, Class<T> type) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new Unreadable("there is no file " + file.getFileName());
    }
    T found;
    try {
      found = json.readValue(Files.readAllBytes(file), type);
    } catch (JacksonException e) {
      throw new Unreadable("%s: %s".formatted(file.getFileName(), e.getOriginalMessage()));
    }
    if (found == null) {
      throw new Unreadable(file.getFileName() + " says nothing");
    }
    return found;
  }

  /** Puts the results of an attempt aside that the server does not take. */
  void reject(Spool spool, String why) {
    reject(spool.folder(), why);
  }

  /** Whatever happens to what is put aside, the worker goes on. */
  private void reject(Path entry, String why) {
    try {
      Files.createDirectories(rejected);
      Path target = free(entry.getFileName().toString());
      Files.move(entry, target);
      Files.setLastModifiedTime(target, FileTime.from(clock.instant()));
      log.warn("{} is put into {}: {}", entry, target, why);
    } catch (IOException e) {
      log.warn("{} cannot be put into {} ({}), and is of no use: {}", entry, rejected, e, why);
    }
    prune();
  }

  private Path free(String name) {
    Path target = rejected.resolve(name);
    for (int i = 2; Files.exists(target); i++) {
      target = rejected.resolve(name + "-" + i);
    }
    return target;
  }

  private record Rejected(Path entry, Instant since, long bytes) {}

  private void prune() {
    try {
      List<Rejected> all = new ArrayList<>();
      for (Path entry : entries(rejected)) {
        all.add(new Rejected(entry, Files.getLastModifiedTime(entry).toInstant(), bytesOf(entry)));
      }
      all.sort(Comparator.comparing(Rejected::since));
      long bytes = all.stream().mapToLong(Rejected::bytes).sum();
      Instant oldest = clock.instant().minus(KEPT);
      for (Rejected one : all) {
        if (one.since().isBefore(oldest) || bytes > MOST_REJECTED_BYTES) {
          FileSystemUtils.deleteRecursively(one.entry());
          bytes -= one.bytes();
          log.info(
              "{} is deleted: it {}",
              one.entry(),
              one.since().isBefore(oldest) ? "was kept for a week" : "is more than may be kept");
        }
      }
    } catch (IOException | UncheckedIOException e) {
      log.warn("{} cannot be tidied: {}", rejected, e.toString());
    }
  }

  private static long bytesOf(Path entry) throws IOException {
    long bytes = 0;
    try (var files = Files.walk(entry)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  private static List<Path> entries(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
  }
}
