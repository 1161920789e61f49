package dev.lanes.worker;

import dev.lanes.protocol.TokenFile;
import dev.lanes.protocol.WorkerEnrolment;
import dev.lanes.protocol.WorkerEnrolment.Enrolled;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.HttpClientErrorException;

/**
 * Where a worker's token comes from: a setting, or a file; and where there is neither, an enrolment
 * that makes the file.
 */
final class WorkerToken {

  private static final Logger log = LoggerFactory.getLogger(WorkerToken.class);

  private final WorkerProperties properties;
  private final TokenFile file;
  private final Function<String, WorkerEnrolment> server;

  /**
   * Asks nobody yet.
   *
   * @param server the call to make with a secret
   */
  WorkerToken(WorkerProperties properties, Function<String, WorkerEnrolment> server) {
    this.properties = properties;
    this.file = TokenFile.ofWorker(properties.directory());
    this.server = server;
  }

  /** There is no token, and whoever runs the worker has to see to it. */
  static final class Missing extends RuntimeException {
    Missing(String message) {
      super(message);
    }
  }

  /**
   * The token. The file is read every time: it may be made after the worker, or be replaced.
   *
   * @throws Missing if there is none
   */
  synchronized String get() {
    String set = properties.token();
    if (set != null) {
      return set;
    }
    Optional<String> kept = file.read();
    if (kept.isPresent()) {
      return kept.get();
    }
    String secret =
        properties
            .enrolmentSecret()
            .orElseThrow(() ->
                new Missing(
                    "there is no token: set lanes.worker.token, lanes.worker.enrolment or"
                        + " lanes.worker.enrolment-secret-file, or put it into "
                        + file.path()));
    return file.write(() -> enrol(secret));
  }

  private String enrol(String secret) {
    try {
      Enrolled enrolled = server.apply(secret).enrol();
      log.info("host={} enrolled; its token is kept in {}", enrolled.host(), file.path());
      return enrolled.token();
    } catch (HttpClientErrorException.Unauthorized e) {
      throw new Missing(
          "the secret of the enrolment is used, expired or not known; have an administrator make"
              + " another by POST /api/v1/enrolments, set it as lanes.worker.enrolment and start"
              + " again");
    }
  }
}
