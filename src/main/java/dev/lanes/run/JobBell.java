package dev.lanes.run;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells all servers that a job can be had, once the transaction is committed. It is a hint that
 * saves a second; {@link IdleWorkers} looks for jobs by itself too.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class JobBell {

  static final String CHANNEL = "lanes_job";

  private final JdbcClient jdbc;

  JobBell(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A job for this profile waits. */
  void ring(String profile) {
    jdbc.sql("SELECT pg_notify(:channel, :profile)")
        .param("channel", CHANNEL)
        .param("profile", profile)
        .query((row, _) -> 0)
        .single();
  }
}
