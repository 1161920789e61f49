package dev.lanes.postgres;

import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The database password: random, made once, readable by the owner of the home alone. */
record PasswordFile(Path path) {

  private static final int RANDOM_BYTES = 24;

  boolean exists() {
    return Files.exists(path);
  }

  /** Writes a new password. The file appears complete and with mode 0600, or not at all. */
  void create() throws IOException {
    Path partial = Files.createTempFile(path.getParent(), "password-", ".partial"); // mode 0600
    Files.writeString(partial, random() + "\n", WRITE, SYNC);
    Files.move(partial, path, StandardCopyOption.ATOMIC_MOVE);
  }

  /** A new password, of hexadecimal digits. */
  static String random() {
    var random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  String read() throws IOException {
    return Files.readString(path).strip();
  }
}
