package dev.lanes.postgres;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to use a home, held until it is closed or the process ends in whatever way: the
 * operating system gives it back. Without it, a second Lanes would take the first one's server for
 * a leftover and stop it.
 */
final class HomeLock implements Closeable {

  /**
   * Files locked by this process. POSIX drops a process's lock when it closes any descriptor of the
   * file, so a file that is locked here must not even be opened again.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private HomeLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * @param home real path of the home
   * @throws EmbeddedPostgresException if another process, or this one, already holds it
   */
  static HomeLock acquire(Path home) throws IOException {
    Path file = home.resolve("lock");
    String pid = Long.toString(ProcessHandle.current().pid());
    if (!HELD.add(file)) {
      throw inUse(home, pid);
    }
    try {
      return new HomeLock(file, lock(file, pid).orElseThrow(() -> inUse(home, holder(file))));
    } catch (Throwable e) {
      HELD.remove(file);
      throw e;
    }
  }

  private static Optional<FileChannel> lock(Path file, String pid) throws IOException {
    var channel = FileChannel.open(file, CREATE, WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      return Optional.empty();
    }
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
    return Optional.of(channel);
  }

  private static String holder(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static EmbeddedPostgresException inUse(Path home, String pid) {
    return new EmbeddedPostgresException(
        "%s is in use by another Lanes (process %s); a home serves one at a time."
            .formatted(home, pid),
        "Stop the other one, or give this one a home of its own with LANES_HOME.");
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(file);
    }
  }
}
