package dev.lanes.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/** A PostgreSQL that keeps its port, for tests that kill it, start it again and promote it. */
public final class TestPostgres {

  /** As the embedded one has them, and the time of each commit, by which tests order writes. */
  private static final String SETTINGS =
      """
      fsync = on
      synchronous_commit = on
      full_page_writes = on
      listen_addresses = '127.0.0.1'
      unix_socket_directories = ''
      max_connections = 300
      shared_buffers = 64MB
      track_commit_timestamp = on
      log_min_messages = log
      """;

  private final Path home;
  private final PostgresBinaries binaries;
  private final PostgresPrograms programs;
  private final int port;

  private TestPostgres(Path home) throws IOException {
    this.home = home;
    this.binaries = PostgresBinaries.unpack(Homes.BINARIES);
    this.programs =
        new PostgresPrograms(
            binaries,
            home.resolve("last-command.log"),
            PostgresPrograms.prefix(System.getProperty("user.name"), "unshare"));
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      this.port = socket.getLocalPort();
    }
  }

  /** An empty one, which does not run yet; what a killed test left there is stopped first. */
  public static TestPostgres empty(Path home) throws IOException {
    var postgres = new TestPostgres(fresh(home));
    postgres.dataDirectory().prepare();
    postgres.configure("port = " + postgres.port + "\n" + SETTINGS);
    return postgres;
  }

  /** A second one that follows the first and can take its place; the first must be stopped. */
  public TestPostgres standby(Path standbyHome) throws IOException {
    var standby = new TestPostgres(fresh(standbyHome));
    FileSystemUtils.copyRecursively(data(), standby.data());
    Files.setPosixFilePermissions(standby.data(), Files.getPosixFilePermissions(data()));
    Files.copy(home.resolve("password"), standby.home.resolve("password"));
    Files.createFile(standby.data().resolve("standby.signal"));
    standby.configure(
        "port = %d\nprimary_conninfo = 'host=127.0.0.1 port=%d user=%s password=%s application_name=standby'\n"
            .formatted(standby.port, port, user(), password()));
    return standby;
  }

  /**
   * Copies the running one while others write to it, by the calls that {@code pg_basebackup} makes.
   * The copy has a port of its own and does not run yet; its first start replays what was written
   * meanwhile.
   */
  public TestPostgres backup(Path copyHome) throws IOException, SQLException {
    var copy = new TestPostgres(fresh(copyHome));
    try (Connection session = DriverManager.getConnection(url(), user(), password());
        Statement statement = session.createStatement()) {
      statement.execute("SELECT pg_backup_start('lanes', true)");
      copy(data(), copy.data(), List.of("pg_wal", "pg_replslot", "postmaster.pid"));
      try (ResultSet end = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
        end.next();
        Files.writeString(copy.data().resolve("backup_label"), end.getString(1));
      }
    }
    copy(data().resolve("pg_wal"), copy.data().resolve("pg_wal"), List.of());
    Files.createDirectories(copy.data().resolve("pg_replslot"));
    Files.setPosixFilePermissions(copy.data(), Files.getPosixFilePermissions(data()));
    Files.copy(home.resolve("password"), copy.home.resolve("password"));
    copy.configure("port = %d\n".formatted(copy.port));
    return copy;
  }

  /** What vanishes meanwhile was temporary. */
  private static void copy(Path from, Path to, List<String> without) throws IOException {
    List<Path> paths;
    try (Stream<Path> tree = Files.walk(from)) {
      paths = tree.toList();
    }
    for (Path path : paths) {
      Path relative = from.relativize(path);
      if (without.contains(relative.getName(0).toString())) {
        continue;
      }
      try {
        if (Files.isDirectory(path)) {
          Files.createDirectories(to.resolve(relative));
        } else {
          Files.copy(path, to.resolve(relative));
        }
      } catch (NoSuchFileException e) {
        continue;
      }
    }
  }

  private static Path fresh(Path home) throws IOException {
    Path real = Files.createDirectories(home.toAbsolutePath()).toRealPath();
    var left = new Postmaster(real.resolve("data"), Homes.BINARIES.toAbsolutePath()).running();
    left.ifPresent(process -> {
      process.destroyForcibly();
      process.onExit().join();
    });
    FileSystemUtils.deleteRecursively(real);
    return Files.createDirectories(real);
  }

  private DataDirectory dataDirectory() {
    return new DataDirectory(data(), new PasswordFile(home.resolve("password")), programs);
  }

  private Path data() {
    return home.resolve("data");
  }

  /** Adds lines to its settings, which hold from the next start. */
  public void configure(String lines) throws IOException {
    Files.writeString(data().resolve("postgresql.conf"), lines, StandardOpenOption.APPEND);
  }

  /** Starts it and waits until it accepts connections. */
  public void start() throws IOException {
    control("start", "--timeout=120", "--log=" + home.resolve("postgres.log"));
  }

  /** Stops it as if its processes had crashed: no connection is ended, nothing is written. */
  public void stopImmediately() throws IOException {
    control("stop", "--mode=immediate");
  }

  public void stop() throws IOException {
    control("stop", "--mode=fast");
  }

  public void stopIfAlive() throws IOException {
    if (isAlive()) {
      stopImmediately();
    }
  }

  /** Ends its first process with SIGKILL. */
  public void kill() throws IOException {
    Homes.postmaster(home).destroyForcibly();
  }

  /** Makes a standby the primary. */
  public void promote() throws IOException {
    control("promote");
  }

  public boolean isAlive() throws IOException {
    return new Postmaster(data(), binaries.directory().getParent()).running().isPresent();
  }

  private void control(String action, String... options) throws IOException {
    String[] arguments = new String[options.length + 3];
    arguments[0] = action;
    arguments[1] = "--wait";
    arguments[2] = "--pgdata=" + data();
    System.arraycopy(options, 0, arguments, 3, options.length);
    var outcome = programs.run("pg_ctl", arguments);
    if (!outcome.succeeded()) {
      throw new IOException("pg_ctl %s: %s".formatted(action, outcome.output()));
    }
  }

  public String host() {
    return "127.0.0.1:" + port;
  }

  public String url() {
    return "jdbc:postgresql://%s/%s".formatted(host(), DataDirectory.DATABASE);
  }

  public String user() {
    return DataDirectory.USER;
  }

  public String password() throws IOException {
    return new PasswordFile(home.resolve("password")).read();
  }

  /** A connection of its own for each statement, so that one that was cut off harms no other. */
  public JdbcClient jdbc() throws IOException {
    return JdbcClient.create(new DriverManagerDataSource(url(), user(), password()));
  }
}
