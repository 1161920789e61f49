package dev.lanes.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The raw lines of one benchmark, a JSON object each, of which the first tells what is measured.
 */
record RawFile(Path path) {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** The newest file of a folder. */
  static Optional<RawFile> newest(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jsonl"))
          .max(Path::compareTo)
          .map(RawFile::new);
    }
  }

  /** Appends a line; a reader sees it whole or, after a crash, as a torn last line. */
  void append(Object line) throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    String start = endsTorn() ? "\n" : "";
    Files.writeString(
        path,
        start + JSON.writeValueAsString(line) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private boolean endsTorn() throws IOException {
    byte[] bytes = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
    return bytes.length > 0 && bytes[bytes.length - 1] != '\n';
  }

  /** Every whole line; one that a crash tore is left out. */
  List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(path, StandardCharsets.UTF_8)) {
      try {
        if (!line.isBlank()) {
          lines.add(JSON.readTree(line));
        }
      } catch (JacksonException e) {
        System.err.printf("%s: a torn line is left out%n", path);
      }
    }
    return lines;
  }
}
