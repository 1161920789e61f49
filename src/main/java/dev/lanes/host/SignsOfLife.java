package dev.lanes.host;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** When workers were last heard of. Every call of a worker asks here, so it is one statement. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class SignsOfLife {

  /**
   * How exactly it is kept. Calls that follow one another at once, as those around a lease do, need
   * no write that waits for the disk.
   */
  private static final Duration EXACT_TO = Duration.ofSeconds(1);

  private final JdbcClient jdbc;
  private final Clock clock;

  SignsOfLife(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Notes that the worker was heard of, and gives its host if this start of it has reported. */
  Optional<UUID> heard(String name, String agent) {
    Instant now = clock.instant();
    return jdbc.sql(
            """
            WITH known AS (
              SELECT id, last_seen_at FROM host WHERE name = :name AND agent = :agent),
            heard AS (
              UPDATE host SET last_seen_at = :now
              FROM known
              WHERE host.id = known.id AND known.last_seen_at < :before)
            SELECT id FROM known
            """)
        .param("name", name)
        .param("agent", agent)
        .param("now", Timestamp.from(now))
        .param("before", Timestamp.from(now.minus(EXACT_TO)))
        .query(UUID.class)
        .optional();
  }
}
