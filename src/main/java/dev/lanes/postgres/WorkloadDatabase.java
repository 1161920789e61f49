package dev.lanes.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A database beside Lanes' own for programs that nobody trusts. Their role makes temporary tables
 * in it and nothing else, and may connect to no other database of the server.
 *
 * @param password another one at each start, kept nowhere but here
 */
public record WorkloadDatabase(
    String host, int port, String user, String password, String database) {

  private static final String NAME = "lanes_workload";

  /** Many arms keep theirs open at once; what the server allows beyond them is left to Lanes. */
  private static final int CONNECTIONS = 140;

  /** Whatever a role may do without being told so, in databases that are not meant for it. */
  private static final List<String> CLOSED =
      List.of(
          "REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(DataDirectory.DATABASE),
          "REVOKE ALL ON DATABASE postgres FROM PUBLIC",
          "REVOKE ALL ON DATABASE template1 FROM PUBLIC",
          "REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(NAME),
          "GRANT CONNECT, TEMPORARY ON DATABASE %1$s TO %1$s".formatted(NAME));

  /** In its own database: large objects would outlive their connection as tables do. */
  private static final List<String> EMPTY =
      List.of(
          "REVOKE ALL ON SCHEMA public FROM PUBLIC",
          "REVOKE ALL ON FUNCTION lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea)"
              + " FROM PUBLIC");

  /**
   * Makes the role and the database, or puts back what was changed of them.
   *
   * @param password of letters and digits
   * @throws EmbeddedPostgresException if the server refuses; nobody can log in by the role then
   */
  static WorkloadDatabase open(EmbeddedPostgres postgres, int port, String password) {
    try {
      try (Connection connection = connect(postgres, postgres.getJdbcUrl());
          Statement statement = connection.createStatement()) {
        if (isMissing(statement, "pg_roles WHERE rolname")) {
          statement.execute("CREATE ROLE " + NAME);
        }
        if (isMissing(statement, "pg_database WHERE datname")) {
          statement.execute("CREATE DATABASE " + NAME);
        }
        execute(statement, CLOSED);
      }
      try (Connection connection = connect(postgres, url(port, NAME));
          Statement statement = connection.createStatement()) {
        execute(statement, EMPTY);
        // Last, when there is nothing left that it could do.
        statement.execute(role(password));
      }
    } catch (SQLException e) {
      throw new EmbeddedPostgresException(
          "The database %s for workloads cannot be set up: %s".formatted(NAME, e.getMessage()),
          "Remove the cause and start again, or set lanes.worker.postgres.host, user, password and"
              + " database to a PostgreSQL that workloads may use.");
    }
    return new WorkloadDatabase(Server.HOST, port, NAME, password, NAME);
  }

  static String url(int port, String database) {
    return "jdbc:postgresql://%s:%d/%s".formatted(Server.HOST, port, database);
  }

  private static Connection connect(EmbeddedPostgres postgres, String url) throws SQLException {
    return DriverManager.getConnection(url, postgres.getUsername(), postgres.getPassword());
  }

  private static boolean isMissing(Statement statement, String where) throws SQLException {
    try (var rows = statement.executeQuery("SELECT 1 FROM %s = '%s'".formatted(where, NAME))) {
      return !rows.next();
    }
  }

  private static void execute(Statement statement, List<String> commands) throws SQLException {
    for (String command : commands) {
      statement.execute(command);
    }
  }

  private static String role(String password) {
    return """
    ALTER ROLE %s
    LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS
    CONNECTION LIMIT %d
    PASSWORD '%s'
    """
        .formatted(NAME, CONNECTIONS, password);
  }

  /** Without the password, as this may be logged. */
  @Override
  public String toString() {
    return "%s@%s:%d/%s".formatted(user, host, port, database);
  }
}
