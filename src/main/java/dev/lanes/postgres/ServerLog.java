package dev.lanes.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What the server writes about itself. Failing statements are not in it: their callers log them.
 */
record ServerLog(Path path) {

  private static final long LIMIT_BYTES = 4 << 20;

  /** Sets a log that has grown large aside, in place of the one set aside before. */
  void rotate() throws IOException {
    if (size() > LIMIT_BYTES) {
      Files.move(
          path,
          path.resolveSibling(path.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Bytes written so far. */
  long size() throws IOException {
    return Files.exists(path) ? Files.size(path) : 0;
  }

  /** What was written after the first {@code offset} bytes. */
  String since(long offset) throws IOException {
    if (Files.notExists(path)) {
      return "";
    }
    try (var in = Files.newInputStream(path)) {
      in.skipNBytes(offset);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
