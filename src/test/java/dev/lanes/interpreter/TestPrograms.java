package dev.lanes.interpreter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Programs that behave as an interpreter would on a bad day. */
final class TestPrograms {

  static final String ANSWER =
      """
      {"implementation": "%s", "version": "%s", "free_threaded": %b, "gil_enabled": %b,
       "jit": "off", "pgo": true, "lto": false, "compiler": "GCC 15", "debug": %b, "library": null}
      """;

  private TestPrograms() {}

  /** A shell script under this name. */
  static Path script(Path folder, String name, String body) throws IOException {
    return program(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
  }

  /** Prints what {@code probe.py} would with such an interpreter. */
  static Path answering(Path folder, String name, String answer) throws IOException {
    return script(folder, name, "cat <<'END'\n" + answer + "END");
  }

  /** Looks like a program to whoever does not start it. */
  static Path binary(Path file) throws IOException {
    return program(file, "\u007fELF " + file);
  }

  private static Path program(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
