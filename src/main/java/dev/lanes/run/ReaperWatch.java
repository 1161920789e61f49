package dev.lanes.run;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whether silence of a worker means anything. While no server answered, every worker was silent,
 * and none is to blame: attempts are given up only after servers have been there for a whole lease.
 */
@Component
@Transactional
class ReaperWatch {

  private final QueueProperties properties;
  private final JdbcClient jdbc;

  ReaperWatch(QueueProperties properties, JdbcClient jdbc) {
    this.properties = properties;
    this.jdbc = jdbc;
  }

  /** Notes that a server is there, and says whether some were for as long as a lease lasts. */
  boolean look() {
    return jdbc.sql(
            """
            UPDATE reaper_watch
            SET healthy_since = CASE WHEN looked_at < now() - make_interval(secs => :gap)
                                     THEN now() ELSE healthy_since END,
                looked_at = now()
            RETURNING healthy_since <= now() - make_interval(secs => :ttl)
            """)
        .param("gap", QueueProperties.seconds(properties.gap()))
        .param("ttl", QueueProperties.seconds(properties.lease()))
        .query(Boolean.class)
        .single();
  }
}
