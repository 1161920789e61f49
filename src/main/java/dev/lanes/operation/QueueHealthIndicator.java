package dev.lanes.operation;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether the queue can be used: its tables are there and answer. That the database as such answers
 * says less, because it may have been restored without them or be of another release.
 */
@Component
class QueueHealthIndicator extends AbstractHealthIndicator {

  private final JdbcClient jdbc;

  QueueHealthIndicator(JdbcClient jdbc) {
    super("the queue's tables do not answer");
    this.jdbc = jdbc;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    jdbc.sql(
            """
            SELECT EXISTS (SELECT FROM job WHERE state = 'queued'),
                   EXISTS (SELECT FROM attempt WHERE ended_at IS NULL)
            """)
        .query()
        .singleRow();
    health.up();
  }
}
