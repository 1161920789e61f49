package dev.lanes.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much a spool may hold. A part of it lies aside as a file of zeros, so that the end of an
 * attempt can be told when nothing else can be written any more.
 *
 * @param reserve the file that lies aside
 * @param limitBytes most bytes of all, the reserve included
 * @param reserveBytes size of that file
 */
record SpoolRoom(Path reserve, long limitBytes, long reserveBytes) {

  private static final long MOST_RESERVE_BYTES = 16L << 20;

  /** Beside the reserve, for the lease of the next attempt and its first results. */
  private static final long LEAST_FREE_BYTES = 1L << 20;

  /** For a spool in a folder; an eighth of the room lies aside, 16 MiB at most. */
  static SpoolRoom in(Path folder, long limitBytes) {
    return new SpoolRoom(
        folder.resolve("reserve"), limitBytes, Math.min(MOST_RESERVE_BYTES, limitBytes / 8));
  }

  /** Bytes that results may take. */
  long forResults() {
    return limitBytes - reserveBytes;
  }

  /**
   * Makes sure that the reserve lies aside, and that there is room beside it to begin.
   *
   * @throws IOException if the disk has no room for that
   */
  void keep() throws IOException {
    if (!Files.exists(reserve) || Files.size(reserve) != reserveBytes) {
      Files.createDirectories(reserve.getParent());
      DurableFile.write(reserve, new byte[(int) reserveBytes]);
    }
    long free = Files.getFileStore(reserve).getUsableSpace();
    long least = Math.min(LEAST_FREE_BYTES, reserveBytes);
    if (free < least) {
      throw new IOException(
          "%d KiB are free, and a job needs %d".formatted(free >> 10, least >> 10));
    }
  }

  /** Gives the reserve up for what must be written now. */
  void release() throws IOException {
    Files.deleteIfExists(reserve);
  }
}
