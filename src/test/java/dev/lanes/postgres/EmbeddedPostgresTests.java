package dev.lanes.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedPostgresTests {

  @TempDir static Path home;
  static EmbeddedPostgres postgres;

  @BeforeAll
  static void startWhereAnEarlierStartWasInterrupted() throws IOException {
    Path partial = Files.createDirectory(home.resolve("data.partial"));
    Files.writeString(partial.resolve("PG_VERSION"), "18\n");
    postgres = Homes.start(home);
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @ParameterizedTest
  @CsvSource({
    "fsync, on",
    "synchronous_commit, on",
    "full_page_writes, on",
    "data_checksums, on",
    "listen_addresses, 127.0.0.1",
    "unix_socket_directories, ''",
    "max_connections, 200",
    "server_encoding, UTF8",
    "password_encryption, scram-sha-256"
  })
  void itIsSetUpToKeepWhatItIsGiven(String setting, String value) throws SQLException {
    assertThat(Homes.query(postgres, "SHOW " + setting)).isEqualTo(value);
  }

  @Test
  void whatAnInterruptedFirstStartLeftIsReplaced() throws SQLException {
    assertThat(Homes.query(postgres, "SELECT current_database()")).isEqualTo("lanes");
    assertThat(home.resolve("data.partial")).doesNotExist();
  }

  @Test
  void textIsComparedByCodePoint() throws SQLException {
    var locale = "SELECT datlocale FROM pg_database WHERE datname = current_database()";

    assertThat(Homes.query(postgres, locale)).isEqualTo("C.UTF-8");
    assertThat(Homes.query(postgres, "SELECT upper('ä') || ('Z' < 'a')")).isEqualTo("Ätrue");
  }

  @Test
  void aWrongPasswordIsRefused() {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> DriverManager.getConnection(postgres.getJdbcUrl(), "lanes", "wrong"))
        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
  }

  @Test
  void onlyTheOwnerCanReadThePasswordAndTheData() throws IOException {
    assertThat(permissions("password")).isEqualTo("rw-------");
    assertThat(permissions("data")).isEqualTo("rwx------");
  }

  @Test
  void aSecondOneOnTheSameHomeIsRefusedAndTheFirstGoesOn() throws SQLException {
    assertThatExceptionOfType(EmbeddedPostgresException.class)
        .isThrownBy(() -> Homes.start(home))
        .withMessageContaining("is in use by another Lanes (process")
        .satisfies(e -> assertThat(e.remedy()).contains("LANES_HOME"));

    assertThat(Homes.query(postgres, "SELECT 1")).isEqualTo("1");
  }

  @Test
  void aSecondProcessOnTheSameHomeIsRefusedAndTheFirstGoesOn() throws Exception {
    var second = Abandon.start(home);

    assertThat(second.output())
        .contains(
            "is in use by another Lanes (process %d)".formatted(ProcessHandle.current().pid()));
    assertThat(Homes.query(postgres, "SELECT 1")).isEqualTo("1");
  }

  private static String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(name)));
  }
}
