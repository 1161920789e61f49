package dev.lanes.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * A PostgreSQL that belongs to this process: unpacked, created, started and stopped by it, and
 * reachable from this machine alone. Its home outlives it and may be used again, by one process at
 * a time.
 */
final class EmbeddedPostgres implements JdbcConnectionDetails, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

  private final HomeLock lock;
  private final Server server;
  private final int port;
  private final String password;

  private EmbeddedPostgres(HomeLock lock, Server server, int port, String password) {
    this.lock = lock;
    this.server = server;
    this.port = port;
    this.password = password;
  }

  /**
   * Starts the PostgreSQL of a home, which is created if it is not there. A server that a killed
   * process left behind is stopped first.
   *
   * @throws EmbeddedPostgresException if that is not possible, with what to do about it
   */
  static EmbeddedPostgres start(Path home) throws IOException {
    return start(home, home.resolve("binaries"));
  }

  /** As above, with the programs in a folder that several homes may share. */
  static EmbeddedPostgres start(Path home, Path binaries) throws IOException {
    var ownerOnly = PosixFilePermissions.fromString("rwx------");
    Files.createDirectories(home, PosixFilePermissions.asFileAttribute(ownerOnly));
    Path realHome = home.toRealPath();
    var lock = HomeLock.acquire(realHome);
    try {
      return start(lock, realHome, PostgresBinaries.unpack(binaries));
    } catch (Throwable e) {
      lock.close();
      throw e;
    }
  }

  private static EmbeddedPostgres start(HomeLock lock, Path home, PostgresBinaries binaries)
      throws IOException {
    var prefix = PostgresPrograms.prefix(System.getProperty("user.name"), "unshare");
    var programs = new PostgresPrograms(binaries, home.resolve("last-command.log"), prefix);
    var password = new PasswordFile(home.resolve("password"));
    var data = new DataDirectory(home.resolve("data"), password, programs);
    var postmaster = new Postmaster(data.path(), binaries.directory().getParent());
    var server = new Server(programs, postmaster, new ServerLog(home.resolve("postgres.log")));
    stopOrphan(server);
    data.prepare();
    try {
      int port = server.start();
      binaries.removeOthers();
      LOG.info("postgres=started home={} port={}", home, port);
      return new EmbeddedPostgres(lock, server, port, password.read());
    } catch (Throwable e) {
      server.stop();
      throw e;
    }
  }

  private static void stopOrphan(Server server) throws IOException {
    var orphan = server.postmaster().running();
    if (orphan.isPresent()) {
      LOG.warn(
          "postgres=orphaned pid={}; a killed Lanes left it, it is stopped now",
          orphan.get().pid());
      server.stop();
    }
  }

  /** A database of this server for workloads; whoever knew an earlier password is locked out. */
  WorkloadDatabase workloadDatabase() {
    return WorkloadDatabase.open(this, port, PasswordFile.random());
  }

  @Override
  public String getJdbcUrl() {
    return WorkloadDatabase.url(port, DataDirectory.DATABASE);
  }

  @Override
  public String getUsername() {
    return DataDirectory.USER;
  }

  @Override
  public String getPassword() {
    return password;
  }

  /** Stops the server and gives the home free. */
  @Override
  public void close() throws IOException {
    try (lock) {
      server.stop();
      LOG.info("postgres=stopped port={}", port);
    }
  }
}
