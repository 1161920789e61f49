package dev.lanes.schedule;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The suites that Lanes brings: files of the program, and those of other modules. */
@Component
class BuiltInSuites {

  private static final String FILES = "classpath*:suites/*.json";

  private final List<Suite> all;

  BuiltInSuites(JsonMapper json, List<SuiteSource> more) {
    this.all =
        Stream.concat(
                read(json).stream(), more.stream().flatMap(source -> source.suites().stream()))
            .sorted(Comparator.comparing(Suite::name))
            .toList();
  }

  private static List<Suite> read(JsonMapper json) {
    try {
      return Arrays.stream(new PathMatchingResourcePatternResolver().getResources(FILES))
          .map(file -> {
            try (var content = file.getInputStream()) {
              return json.readValue(content, Suite.class);
            } catch (IOException e) {
              throw new UncheckedIOException("suite " + file.getFilename(), e);
            }
          })
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the suites cannot be listed", e);
    }
  }

  /** All of them by name. */
  List<Suite> all() {
    return all;
  }

  /** The one of this name. */
  Optional<Suite> find(String name) {
    return all.stream().filter(suite -> suite.name().equals(name)).findFirst();
  }
}
