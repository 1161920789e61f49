package dev.lanes.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What workloads may do in the embedded PostgreSQL, on a data directory that knew nothing of it.
 */
class WorkloadDatabaseTests {

  private static final String INSUFFICIENT_PRIVILEGE = "42501";
  private static final String INVALID_PASSWORD = "28P01";

  @TempDir static Path home;
  static EmbeddedPostgres postgres;
  static WorkloadDatabase given;

  @BeforeAll
  static void startOnDataThatIsThereAlready() throws Exception {
    postgres = Homes.start(home);
    Homes.execute(postgres, "CREATE TABLE secret AS SELECT 'of Lanes' AS text");
    Homes.execute(postgres, "GRANT SELECT ON secret TO PUBLIC");
    postgres.close();
    postgres = Homes.start(home);
    given = postgres.workloadDatabase();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @Test
  void temporaryTablesCanBeMadeAndReadAndAreGoneWithTheirConnection() throws SQLException {
    try (Connection connection = connect(given.database())) {
      execute(connection, "CREATE TEMPORARY TABLE users AS SELECT generate_series(0, 9) AS id");
      execute(connection, "CREATE UNIQUE INDEX ON users (id)");
      execute(connection, "ANALYZE users");
      assertThat(first(connection, "SELECT count(*) FROM users WHERE id >= 4")).isEqualTo("6");
    }

    try (Connection connection = connect(given.database())) {
      assertThat(first(connection, "SELECT to_regclass('users')")).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lanes", "postgres", "template1"})
  void noOtherDatabaseLetsItIn(String database) {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> connect(database))
        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE))
        .withMessageContaining("permission denied for database");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE public.mine (id integer)",
        "CREATE SCHEMA mine",
        "CREATE DATABASE mine",
        "CREATE ROLE mine",
        "SELECT lo_create(0)",
        "SELECT lo_creat(-1)",
        "SELECT lo_from_bytea(0, 'x')",
        "SELECT rolpassword FROM pg_authid",
        "SELECT pg_read_file('postgresql.conf')",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "ALTER SYSTEM SET fsync = off",
        "ALTER ROLE lanes_workload CONNECTION LIMIT -1",
        "SET ROLE lanes"
      })
  void whatWouldLastOrShowMoreIsRefused(String sql) throws SQLException {
    try (Connection connection = connect(given.database())) {
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> execute(connection, sql))
          .satisfies(e -> assertThat(e.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
    }
  }

  @Test
  void lanesKeepsConnectionsThatWorkloadsCannotTake() throws SQLException {
    String left =
        "SELECT current_setting('max_connections')::int - rolconnlimit FROM pg_roles"
            + " WHERE rolname = 'lanes_workload'";

    assertThat(Integer.parseInt(Homes.query(postgres, left))).isEqualTo(60);
  }

  @Test
  void thePasswordIsNotThatOfLanesAndIsNotPrinted() {
    assertThat(given.password()).hasSize(48).isNotEqualTo(postgres.getPassword());
    assertThat(given.toString()).doesNotContain(given.password());
  }

  @Test
  void openingAgainPutsRightsBackAndLocksEarlierPasswordsOut(@TempDir Path own) throws Exception {
    try (EmbeddedPostgres other = Homes.start(own)) {
      WorkloadDatabase earlier = other.workloadDatabase();
      Homes.execute(other, "ALTER ROLE lanes_workload SUPERUSER");
      Homes.execute(other, "GRANT CONNECT ON DATABASE lanes TO PUBLIC");

      WorkloadDatabase later = other.workloadDatabase();

      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> connect(earlier, earlier.database()))
          .satisfies(e -> assertThat(e.getSQLState()).isEqualTo(INVALID_PASSWORD));
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> connect(later, "lanes"))
          .satisfies(e -> assertThat(e.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
      try (Connection connection = connect(later, later.database())) {
        assertThat(first(connection, "SHOW is_superuser")).isEqualTo("off");
      }
    }
  }

  private static Connection connect(String database) throws SQLException {
    return connect(given, database);
  }

  private static Connection connect(WorkloadDatabase given, String database) throws SQLException {
    return DriverManager.getConnection(
        WorkloadDatabase.url(given.port(), database), given.user(), given.password());
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String first(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
