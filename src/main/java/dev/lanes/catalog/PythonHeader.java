package dev.lanes.catalog;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * The description that a workload or model file carries in itself: TOML in a comment block of the
 * form that PEP 723 defines, {@code # /// workload} to {@code # ///}.
 */
final class PythonHeader {

  private static final TomlMapper TOML = new TomlMapper();

  private PythonHeader() {}

  /**
   * Reads the block of the given type.
   *
   * @throws IllegalArgumentException if the file has no such block, or it is not TOML
   */
  static JsonNode read(String file, String source, String type) {
    Matcher block =
        Pattern.compile("(?m)^# /// " + type + "$\\s(?<body>(^#(| .*)$\\s)+?)^# ///$")
            .matcher(source);
    if (!block.find()) {
      throw new IllegalArgumentException(
          "%s has no block \"# /// %s\" that describes it".formatted(file, type));
    }
    String toml =
        block
            .group("body")
            .lines()
            .map(line -> line.length() > 2 ? line.substring(2) : "")
            .collect(Collectors.joining("\n"));
    try {
      return TOML.readTree(toml);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "%s: the block \"# /// %s\" is not TOML: %s"
              .formatted(file, type, e.getOriginalMessage()),
          e);
    }
  }
}
