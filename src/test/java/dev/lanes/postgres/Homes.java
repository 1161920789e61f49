package dev.lanes.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** What tests do with the PostgreSQL of a home. */
final class Homes {

  /** Shared by all tests and kept between builds: unpacking takes longer than all the rest. */
  static final Path BINARIES = Path.of("target", "postgres-binaries");

  private Homes() {}

  static EmbeddedPostgres start(Path home) throws IOException {
    return EmbeddedPostgres.start(home, BINARIES);
  }

  static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(
        postgres.getJdbcUrl(), postgres.getUsername(), postgres.getPassword());
  }

  static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (var connection = connect(postgres);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (var connection = connect(postgres);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  static ProcessHandle postmaster(Path home) throws IOException {
    Path file = home.resolve("data/postmaster.pid");
    return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst())).orElseThrow();
  }
}
