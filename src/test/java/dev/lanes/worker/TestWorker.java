package dev.lanes.worker;

import dev.lanes.machine.ControlLimits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Settings of workers in tests. */
final class TestWorker {

  /** What was unpacked there is kept between builds. */
  static final Path DIRECTORY = Path.of("target", "test-worker").toAbsolutePath();

  private TestWorker() {}

  /** As they are where nothing is set, but that the host may be as noisy as it likes. */
  static WorkerProperties properties(
      Path directory, URI server, @Nullable String token, @Nullable String enrolment) {
    return properties(directory, List.of(server), token, enrolment);
  }

  /** The same with several servers. */
  static WorkerProperties properties(
      Path directory, List<URI> servers, @Nullable String token, @Nullable String enrolment) {
    return new WorkerProperties(
        directory,
        servers,
        token,
        enrolment,
        null,
        null,
        List.of(),
        Duration.ofSeconds(60),
        false,
        new WorkerProperties.Control(20, 0.15, 0.25, ControlLimits.Action.WARN),
        false,
        DataSize.ofGigabytes(2),
        Map.of(),
        null);
  }
}
