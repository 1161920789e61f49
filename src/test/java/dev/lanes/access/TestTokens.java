package dev.lanes.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tokens for tests: those in the server's files, and new ones. */
public final class TestTokens {

  private final Tokens tokens;
  private final Enrolments enrolments;
  private final Path folder;

  public TestTokens(Tokens tokens, Enrolments enrolments, Path folder) {
    this.tokens = tokens;
    this.enrolments = enrolments;
    this.folder = folder;
  }

  /** The administrator's, as the server wrote it. */
  public String local() {
    return read("token");
  }

  /** The worker's, as the server wrote it. */
  public String localWorker() {
    return read("worker-token");
  }

  /** A new one for the worker of a host. */
  public String ofWorker(String host) {
    return tokens.issue("worker of " + host, Role.WORKER, host, null).token();
  }

  /** A new one for a person. */
  public String of(Role role) {
    return tokens.issue("a " + role.id(), role, null, null).token();
  }

  /** A new secret by which a worker of the host may enrol. */
  public String ofEnrolment(String host) {
    return enrolments.make(host).secret();
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("the server should have written " + file, e);
    }
  }
}
