package dev.lanes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes down with which Java and which class path it was started, a line each. */
final class LaunchFile {

  private LaunchFile() {}

  public static void main(String[] arguments) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Files.write(
        Path.of(arguments[0]), List.of(java.toString(), System.getProperty("java.class.path")));
  }
}
