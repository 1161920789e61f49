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

  /** Several times the pace of the reaper: a longer gap means that no server was there. */
  private static final int GAP_SECONDS = 20;

  private final JdbcClient jdbc;

  ReaperWatch(JdbcClient jdbc) {
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
        .param("gap", GAP_SECONDS)
        .param("ttl", OpenAttempts.TTL.toSeconds())
        .query(Boolean.class)
        .single();
  }
}
