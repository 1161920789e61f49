package dev.lanes.arm;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shared memory that arms make by name: blocks of {@code lanes/blocks.py}, which would outlive a
 * killed arm and take memory until the machine is started again.
 */
final class SharedBlocks {

  private static final Logger log = LoggerFactory.getLogger(SharedBlocks.class);
  private static final Path FOLDER = Path.of("/dev/shm");

  private SharedBlocks() {}

  /** Removes those of a group that was killed. Where the system shows none, there are none. */
  static void remove(long leader) {
    if (!Files.isDirectory(FOLDER)) {
      return;
    }
    try (DirectoryStream<Path> blocks =
        Files.newDirectoryStream(FOLDER, "lanes-%d-*".formatted(leader))) {
      for (Path block : blocks) {
        Files.deleteIfExists(block);
      }
    } catch (IOException e) {
      log.warn(
          "shared memory of the killed group {} stays until the next arm of its model: {}",
          leader,
          e.toString());
    }
  }
}
