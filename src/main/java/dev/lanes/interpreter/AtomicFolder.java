package dev.lanes.interpreter;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.util.FileSystemUtils;

/**
 * A folder that is either whole or not there. It is filled under another name and renamed at the
 * end, so a process that dies half-way leaves nothing that the next one could take for the folder.
 */
final class AtomicFolder {

  /** Puts the content into an empty folder. */
  @FunctionalInterface
  interface Filling {
    void fill(Path folder) throws IOException, InterruptedException;
  }

  /** Whether a folder that exists still holds what it should. */
  @FunctionalInterface
  interface Check {
    boolean holds(Path folder) throws IOException;
  }

  // A file lock belongs to the whole Java process, so threads need one of their own.
  private static final Lock THREADS = new ReentrantLock();

  private AtomicFolder() {}

  /**
   * Makes sure that {@code target} exists and passes the check; fills it anew if not. Processes
   * that share the parent folder wait for one another.
   *
   * @return whether it had to be filled
   */
  static boolean ensure(Path target, Check check, Filling filling)
      throws IOException, InterruptedException {
    Files.createDirectories(target.getParent());
    THREADS.lock();
    try (FileChannel file =
            FileChannel.open(
                target.resolveSibling(".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var _ = file.lock()) {
      if (Files.isDirectory(target) && check.holds(target)) {
        return false;
      }
      replace(target, filling);
      return true;
    } finally {
      THREADS.unlock();
    }
  }

  private static void replace(Path target, Filling filling)
      throws IOException, InterruptedException {
    Path unfinished = target.resolveSibling("." + target.getFileName() + ".unfinished");
    Path replaced = target.resolveSibling("." + target.getFileName() + ".replaced");
    FileSystemUtils.deleteRecursively(unfinished);
    FileSystemUtils.deleteRecursively(replaced);
    try {
      Files.createDirectory(unfinished);
      filling.fill(unfinished);
      if (Files.exists(target)) {
        Files.move(target, replaced, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      FileSystemUtils.deleteRecursively(unfinished);
      FileSystemUtils.deleteRecursively(replaced);
    }
  }
}
