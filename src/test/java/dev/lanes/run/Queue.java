package dev.lanes.run;

import dev.lanes.TestServer;
import java.util.List;

/** The queue of the test server: what its tables hold, and time that passes for its leases. */
public final class Queue extends RunCalls {

  private final TestServer server;

  public Queue(TestServer server) {
    super(server.admin());
    this.server = server;
  }

  /** Outcomes of the attempts so far, the first one first; an open one is null. */
  public List<String> attempts() {
    return server
        .jdbc()
        .sql("SELECT outcome FROM attempt ORDER BY fence")
        .query((row, _) -> row.getString(1))
        .list();
  }

  /** Nothing was heard of any worker for longer than its lease is good for. */
  public void letLeasesExpire() {
    server
        .jdbc()
        .sql("UPDATE attempt SET lease_expires_at = now() - interval '1 s' WHERE ended_at IS NULL")
        .update();
  }

  /** The pause before the next try is over, also for the host that the last try was on. */
  public void letPausesEnd() {
    letOtherHostsTry();
    server.jdbc().sql("UPDATE job SET avoid_until = now() - interval '1 s'").update();
  }

  /** The pause before the next try is over, but not for the host that the last try was on. */
  public void letOtherHostsTry() {
    server.jdbc().sql("UPDATE job SET not_before = now() - interval '1 s'").update();
  }

  /** Some server has looked after the workers for longer than a lease lasts. */
  public void letServersHaveBeenThere() {
    server
        .jdbc()
        .sql("UPDATE reaper_watch SET looked_at = now(), healthy_since = now() - interval '2 min'")
        .update();
  }

  /** No server has looked after the workers for ten minutes, until now. */
  public void letServersHaveBeenAway() {
    server
        .jdbc()
        .sql(
            """
            UPDATE reaper_watch
            SET looked_at = now() - interval '10 min', healthy_since = now() - interval '1 h'
            """)
        .update();
  }

  public int count(String table) {
    return server.jdbc().sql("SELECT count(*) FROM " + table).query(Integer.class).single();
  }
}
