package dev.lanes.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTests {

  @TempDir Path folder;

  @Test
  void whatAnInterruptedUnpackingOrAnEarlierReleaseLeftIsReplaced() throws IOException {
    Files.createDirectories(folder.resolve("partial-1/bin"));
    Files.createFile(folder.resolve("partial-1/bin/postgres"));
    Files.createDirectories(folder.resolve("0123456789abcdef/bin"));

    var binaries = PostgresBinaries.unpack(folder);
    binaries.removeOthers();

    assertThat(binaries.program("postgres")).isExecutable();
    assertThat(binaries.directory().resolve("share/postgresql/postgres.bki")).isNotEmptyFile();
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(binaries.directory());
    }
  }

  @Test
  void theArchiveOfAnotherPlatformIsMissedByName() {
    assertThatExceptionOfType(EmbeddedPostgresException.class)
        .isThrownBy(() -> PostgresArchive.of("Mac OS X", "aarch65"))
        .withMessageContaining("postgres-darwin-aarch65.txz is not in the jar")
        .satisfies(e -> assertThat(e.remedy()).contains("spring.datasource.url"));
  }

  @Test
  void rootWithoutUserNamespacesIsToldWhatElseToDo() throws IOException {
    assertThatExceptionOfType(EmbeddedPostgresException.class)
        .isThrownBy(() -> PostgresPrograms.prefix("root", "false"))
        .withMessageContaining("refuses to run as root")
        .satisfies(e -> assertThat(e.remedy()).contains("another user", "spring.datasource.url"));

    assertThat(PostgresPrograms.prefix("somebody", "false")).isEqualTo(List.of());
  }
}
