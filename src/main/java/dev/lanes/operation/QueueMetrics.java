package dev.lanes.operation;

import dev.lanes.host.Hosts;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * What the queue, the hosts and the schedules look like now. The numbers are the database's, so
 * every server tells the same; each is one short statement, made when somebody reads it.
 */
@Component
class QueueMetrics implements MeterBinder {

  private final JdbcClient jdbc;

  QueueMetrics(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge(
        registry,
        "lanes.jobs.waiting",
        "Jobs in the queue",
        null,
        "SELECT count(*) FROM job WHERE state = 'queued'");
    gauge(
        registry,
        "lanes.jobs.waiting.longest",
        "How long the longest waiting job has waited; 0 when none waits",
        "seconds",
        """
        SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0)
        FROM job WHERE state = 'queued'
        """);
    gauge(
        registry,
        "lanes.leases.open",
        "Jobs that a host has been given and has not ended",
        null,
        "SELECT count(*) FROM attempt WHERE ended_at IS NULL");
    gauge(
        registry,
        "lanes.leases.expired",
        "Those of them whose worker is silent for too long, and that nobody has taken back yet",
        null,
        "SELECT count(*) FROM attempt WHERE ended_at IS NULL AND lease_expires_at < now()");
    gauge(
        registry,
        "lanes.workers.seen",
        "Workers heard of within the last %d s".formatted(Hosts.ONLINE.toSeconds()),
        null,
        "SELECT count(*) FROM host WHERE last_seen_at > now() - make_interval(secs => %d)"
            .formatted(Hosts.ONLINE.toSeconds()));
    gauge(
        registry,
        "lanes.workers.known",
        "Hosts that have ever reported and get work",
        null,
        "SELECT count(*) FROM host WHERE state = 'active'");
    gauge(
        registry,
        "lanes.firings.missed",
        "Due times of schedules within the last 24 h that made no run",
        null,
        """
        SELECT count(*) FROM firing
        WHERE outcome <> 'fired' AND due_at > now() - interval '24 h'
        """);
  }

  private void gauge(
      MeterRegistry registry, String name, String description, @Nullable String unit, String sql) {
    Gauge.builder(name, () -> number(sql))
        .description(description)
        .baseUnit(unit)
        .register(registry);
  }

  /** Without a database there is no number: no 0, which would look like a calm queue. */
  private double number(String sql) {
    try {
      return jdbc.sql(sql).query(Double.class).single();
    } catch (DataAccessException | TransactionException e) {
      return Double.NaN;
    }
  }
}
