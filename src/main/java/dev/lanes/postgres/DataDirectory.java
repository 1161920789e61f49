package dev.lanes.postgres;

import dev.lanes.postgres.PostgresPrograms.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.util.FileSystemUtils;

/** The folder with the data: one superuser, one database. It appears complete or not at all. */
record DataDirectory(Path path, PasswordFile password, PostgresPrograms programs) {

  static final String USER = "lanes";
  static final String DATABASE = "lanes";

  private static final Pattern MAJOR = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

  /**
   * Makes sure that the folder is there and that the programs can serve it. No server may run on
   * it.
   *
   * @throws EmbeddedPostgresException if another major version wrote it, or its password is lost
   */
  void prepare() throws IOException {
    if (Files.exists(path)) {
      requireSameMajorVersion();
      requirePassword();
    } else {
      create();
    }
  }

  private void create() throws IOException {
    if (!password.exists()) {
      password.create();
    }
    Path partial = path.resolveSibling("data.partial");
    FileSystemUtils.deleteRecursively(partial);
    // The builtin locale sorts the same on every system; the C library's need not be installed.
    require(
        programs.run(
            "initdb",
            "--pgdata=" + partial,
            "--username=" + USER,
            "--auth=scram-sha-256",
            "--pwfile=" + password.path(),
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--data-checksums"));
    require(
        programs.runWithInput(
            "CREATE DATABASE %s;\n".formatted(DATABASE),
            "postgres",
            "--single",
            "-D",
            partial.toString(),
            "-c",
            "exit_on_error=on",
            "postgres"));
    Files.move(partial, path, StandardCopyOption.ATOMIC_MOVE);
  }

  private void requireSameMajorVersion() throws IOException {
    String written = Files.readString(path.resolve("PG_VERSION")).strip();
    String programVersion = programs.run("postgres", "--version").output();
    Matcher major = MAJOR.matcher(programVersion);
    if (!major.find()) {
      throw new IOException("`postgres --version` says \"%s\"".formatted(programVersion));
    }
    if (!written.equals(major.group(1))) {
      throw new EmbeddedPostgresException(
          "%s was written by PostgreSQL %s; this Lanes brings PostgreSQL %s, which cannot read it."
              .formatted(path, written, major.group(1)),
          """
          Start the release of Lanes that wrote it and save the data with `pg_dump` \
          (user %s, password in %s, port in its start-up log). Then move %s away, start this \
          release, stop it once it is up, and load the dump with `psql`.
          Or serve the folder with a PostgreSQL %s of your own and set spring.datasource.url to it.\
          """
              .formatted(USER, password.path(), path, written));
    }
  }

  private void requirePassword() {
    if (!password.exists()) {
      throw new EmbeddedPostgresException(
          "%s is there, but the file with its password, %s, is not."
              .formatted(path, password.path()),
          "Put the file back, or move %s away to begin with an empty database.".formatted(path));
    }
  }

  private void require(Outcome outcome) {
    if (!outcome.succeeded()) {
      throw new EmbeddedPostgresException(
          "The database in %s could not be created:\n%s".formatted(path, outcome.output()),
          "Remove the cause and start again; nothing half-made is kept.");
    }
  }
}
