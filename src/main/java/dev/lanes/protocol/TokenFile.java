package dev.lanes.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A file that holds one token and that only its owner can read. A server that runs beside a worker
 * writes the worker's, and so does a worker that has enrolled.
 *
 * @param path where it is, or will be
 */
public record TokenFile(Path path) {

  /** The file in which a worker looks for its token. */
  public static TokenFile ofWorker(Path folder) {
    return new TokenFile(folder.resolve("worker-token"));
  }

  /**
   * What the file holds, or empty when there is no file.
   *
   * @throws UncheckedIOException if it cannot be read
   */
  public Optional<String> read() {
    try {
      return Optional.of(Files.readString(path).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the token in " + path, e);
    }
  }

  /**
   * Puts a token into the file: private from its first byte, and never half written.
   *
   * @param token asked only when there is a place to keep it, as it may be given once only
   * @return the token
   * @throws UncheckedIOException if it cannot be kept
   */
  public String write(Supplier<String> token) {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      Path draft =
          Files.createTempFile(path.toAbsolutePath().getParent(), "token", ".new", ownerOnly);
      try {
        String given = token.get();
        Files.writeString(draft, given + "\n");
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
        return given;
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the token in " + path, e);
    }
  }
}
