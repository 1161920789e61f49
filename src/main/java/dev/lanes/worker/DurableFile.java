package dev.lanes.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files that are there whole or not at all, after a power failure too, and that only their owner
 * can read.
 */
final class DurableFile {

  /** Name under which a file is written before it gets its own. */
  static final String DRAFT = "draft";

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private DurableFile() {}

  /**
   * Writes a file; once this returns, it is on the disk and so is its name.
   *
   * @throws IOException if it cannot be kept; then nothing of it is left
   */
  static void write(Path file, byte[] body) throws IOException {
    Path draft = file.resolveSibling(DRAFT);
    try {
      Files.deleteIfExists(draft); // one that was torn may have other permissions
      try (FileChannel channel =
          FileChannel.open(
              draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY)) {
        ByteBuffer rest = ByteBuffer.wrap(body);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(draft);
      throw e;
    }
    sync(file.toAbsolutePath().getParent());
  }

  /** Brings the names of a folder to the disk. */
  static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
