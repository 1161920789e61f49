package dev.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormatTests {

  private static final boolean WRITE = "write".equals(System.getProperty("lanes.format"));

  @Test
  void everyJavaFileIsFormatted() throws Exception {
    List<Path> others = new ArrayList<>();
    for (Path file : javaFiles()) {
      String source = Files.readString(file);
      String formatted = formatted(file, source);
      if (!formatted.equals(source)) {
        others.add(file);
        if (WRITE) {
          Files.writeString(file, formatted);
        }
      }
    }

    assertThat(WRITE ? List.of() : others)
        .as("files to be mended by: ./mvnw test -Dtest=FormatTests -Dlanes.format=write")
        .isEmpty();
  }

  private static List<Path> javaFiles() throws IOException {
    try (var files = Files.walk(Path.of("src"))) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static String formatted(Path file, String source) throws FormatterException {
    try {
      return new Formatter().formatSourceAndFixImports(source);
    } catch (FormatterException e) {
      throw new FormatterException(file + ": " + e.getMessage());
    }
  }
}
