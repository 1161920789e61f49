package dev.lanes.claim;

import dev.lanes.schedule.Suite;
import dev.lanes.schedule.SuiteSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The claims that Lanes brings, each a file of the program, and a suite for each that has a run.
 */
@Component
class ClaimFiles implements SuiteSource {

  private static final String FILES = "classpath*:claims/*.json";

  private final List<Claim> all;

  ClaimFiles(JsonMapper json) {
    try {
      this.all =
          Arrays.stream(new PathMatchingResourcePatternResolver().getResources(FILES))
              .map(file -> read(json, file))
              .sorted(Comparator.comparing(Claim::id))
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the claims cannot be listed", e);
    }
  }

  private static Claim read(JsonMapper json, Resource file) {
    try (var content = file.getInputStream()) {
      Claim claim = json.readValue(content, Claim.class);
      if (!(claim.id() + ".json").equals(file.getFilename())) {
        throw new IllegalStateException(
            "the file %s has the claim %s".formatted(file.getFilename(), claim.id()));
      }
      return claim;
    } catch (IOException e) {
      throw new UncheckedIOException("claim " + file.getFilename(), e);
    }
  }

  /** All of them by id. */
  List<Claim> all() {
    return all;
  }

  /** The one with this id. */
  Optional<Claim> find(String id) {
    return all.stream().filter(claim -> claim.id().equals(id)).findFirst();
  }

  @Override
  public List<Suite> suites() {
    return all.stream().flatMap(ClaimFiles::suite).toList();
  }

  private static Stream<Suite> suite(Claim claim) {
    return claim.suite().stream()
        .map(name -> new Suite(name, "Claim " + claim.id(), claim.statement(), claim.run(), null));
  }
}
