package dev.lanes.fault;

import dev.lanes.postgres.TestPostgres;
import dev.lanes.web.Caller;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server of one release left in its database, and what it answered from there: recorded
 * once, never changed, and loaded by the tests of later releases.
 *
 * @param version of its last migration, such as 015
 * @param tables rows of each table as COPY writes them, by the table with its columns
 * @param sequences what each sequence gave last, by its name
 * @param answers to GET, by path
 */
record Release(
    String version,
    Map<String, String> tables,
    Map<String, Long> sequences,
    Map<String, JsonNode> answers) {

  private static final Path FOLDER = Path.of("src", "test", "releases");

  private static final String TABLES =
      """
      SELECT format('%I(%s)', c.relname, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum))
      FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                         AND a.attgenerated = ''
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
        AND c.relname <> 'flyway_schema_history'
      GROUP BY c.relname ORDER BY c.relname
      """;

  /** All that were recorded, the oldest first. */
  static List<Release> all() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(Release::read).toList();
    }
  }

  /** Of the program as it is now, with what its server answers to these paths. */
  static Release of(TestPostgres postgres, String address, List<String> paths)
      throws SQLException, IOException {
    Map<String, JsonNode> answers = new LinkedHashMap<>();
    var caller = new Caller(address, null);
    for (String path : paths) {
      Caller.Answer answer = caller.get(path);
      if (answer.status() != 200) {
        throw new AssertionError("%s is answered by %d".formatted(path, answer.status()));
      }
      answers.put(path, answer.json());
    }
    try (Connection session = connect(postgres);
        Statement statement = session.createStatement()) {
      String version =
          single(
              statement,
              "SELECT version FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1");
      Map<String, String> tables = new LinkedHashMap<>();
      for (String table : column(statement, TABLES)) {
        var rows = new ByteArrayOutputStream();
        copy(session).copyOut("COPY " + table + " TO STDOUT", rows);
        tables.put(table, rows.toString(StandardCharsets.UTF_8));
      }
      Map<String, Long> sequences = new LinkedHashMap<>();
      String used = "SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL";
      for (String name : column(statement, used)) {
        sequences.put(name, Long.valueOf(single(statement, "SELECT last_value FROM " + name)));
      }
      return new Release(version, tables, sequences, answers);
    }
  }

  /** Brings an empty database to where that release left its own. */
  void load(TestPostgres postgres) throws SQLException, IOException {
    Flyway.configure()
        .dataSource(postgres.url(), postgres.user(), postgres.password())
        .locations("filesystem:db/migration")
        .target(version)
        .load()
        .migrate();
    try (Connection session = connect(postgres);
        Statement statement = session.createStatement()) {
      // References are not looked at while tables are filled one after the other.
      statement.execute("SET session_replication_role = replica");
      for (String table : tables.keySet()) {
        String name = table.substring(0, table.indexOf('('));
        statement.execute("TRUNCATE " + name + " CASCADE");
      }
      for (var table : tables.entrySet()) {
        String rows = table.getValue();
        copy(session).copyIn("COPY " + table.getKey() + " FROM STDIN", new StringReader(rows));
      }
      for (var sequence : sequences.entrySet()) {
        statement.execute(
            "SELECT setval('%s', %d)".formatted(sequence.getKey(), sequence.getValue()));
      }
    }
  }

  void write() throws IOException {
    Files.createDirectories(FOLDER);
    try (var zip = new ZipOutputStream(Files.newOutputStream(file(version)))) {
      for (var table : tables.entrySet()) {
        put(zip, "table/" + table.getKey(), table.getValue());
      }
      for (var sequence : sequences.entrySet()) {
        put(zip, "sequence/" + sequence.getKey(), sequence.getValue().toString());
      }
      for (var answer : answers.entrySet()) {
        put(zip, "answer" + answer.getKey(), answer.getValue().toPrettyString());
      }
    }
  }

  private static Release read(Path file) {
    String version = file.getFileName().toString().replaceAll("V(\\d+)\\.zip", "$1");
    var release =
        new Release(version, new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    try (var zip = new ZipInputStream(Files.newInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String text = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
        String kind = entry.getName().substring(0, entry.getName().indexOf('/'));
        String name = entry.getName().substring(kind.length());
        switch (kind) {
          case "table" -> release.tables.put(name.substring(1), text);
          case "sequence" -> release.sequences.put(name.substring(1), Long.valueOf(text));
          case "answer" -> release.answers.put(name, JsonMapper.shared().readTree(text));
          default -> throw new IOException("%s has a part %s".formatted(file, entry.getName()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return release;
  }

  private static Path file(String version) {
    return FOLDER.resolve("V%s.zip".formatted(version));
  }

  private static void put(ZipOutputStream zip, String name, String text) throws IOException {
    var entry = new ZipEntry(name);
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  private static Connection connect(TestPostgres postgres) throws SQLException, IOException {
    return DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
  }

  private static org.postgresql.copy.CopyManager copy(Connection session) throws SQLException {
    return session.unwrap(PGConnection.class).getCopyAPI();
  }

  private static String single(Statement statement, String query) throws SQLException {
    return column(statement, query).getFirst();
  }

  private static List<String> column(Statement statement, String query) throws SQLException {
    List<String> values = new java.util.ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  @Override
  public String toString() {
    return "V" + version;
  }
}
