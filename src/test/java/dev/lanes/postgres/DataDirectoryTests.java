package dev.lanes.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTests {

  @TempDir Path home;

  @Test
  void dataOfAnotherMajorVersionIsRefusedAndNotTouched() throws IOException {
    Path version = Files.createDirectory(home.resolve("data")).resolve("PG_VERSION");
    Files.writeString(version, "17\n");

    assertThatExceptionOfType(EmbeddedPostgresException.class)
        .isThrownBy(() -> Homes.start(home))
        .withMessageContaining("was written by PostgreSQL 17; this Lanes brings PostgreSQL 18")
        .satisfies(e -> assertThat(e.remedy()).contains("pg_dump", "spring.datasource.url"));

    try (var left = Files.list(home.resolve("data"))) {
      assertThat(left).containsExactly(version);
    }
  }

  @Test
  void aLostPasswordIsNamedWithItsFile() throws IOException {
    Path data = Files.createDirectory(home.resolve("data"));
    Files.writeString(data.resolve("PG_VERSION"), "18\n");

    assertThatExceptionOfType(EmbeddedPostgresException.class)
        .isThrownBy(() -> Homes.start(home))
        .withMessageContaining(home.resolve("password").toString());
  }
}
