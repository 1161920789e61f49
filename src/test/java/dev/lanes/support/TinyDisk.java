package dev.lanes.support;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system with hardly any room, mounted on a folder as long as a test needs it. */
public final class TinyDisk implements AutoCloseable {

  private final Path folder;

  private TinyDisk(Path folder) {
    this.folder = folder;
  }

  /**
   * Mounts one; where that is not permitted the test is skipped.
   *
   * @param options of tmpfs, such as {@code size=16m}
   */
  public static TinyDisk on(Path folder, String options) throws Exception {
    Files.createDirectories(folder);
    Process mount = start("mount", "-t", "tmpfs", "-o", options, "lanes-test", folder.toString());
    String said = new String(mount.getInputStream().readAllBytes()).strip();
    assumeTrue(mount.waitFor() == 0, "no small disk may be mounted here: " + said);
    return new TinyDisk(folder);
  }

  private static Process start(String... command) throws IOException {
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  @Override
  public void close() throws IOException {
    start("umount", "--lazy", folder.toString()).onExit().join();
  }
}
