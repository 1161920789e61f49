package dev.lanes.fleet;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.run.RunBody;
import dev.lanes.run.RunCalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Three workers on hosts of their own, two servers, one PostgreSQL, and a network that lies. F8, F9
 * and F12 of the plan; that the queue's own tests play the worker, these do not.
 */
@Tag("fault")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FleetTests {

  private static final int HOSTS = 3;

  /** So long that a host can be taken away in the middle of it. */
  private static final int LONG = 30;

  private Lan lan;
  private Fleet fleet;
  private RunCalls runs;

  @BeforeAll
  void start() throws Exception {
    lan = Lan.of(HOSTS);
    fleet = Fleet.start(lan, HOSTS);
    runs = new RunCalls(fleet.admin(1));
    for (int host = 0; host < HOSTS; host++) {
      fleet.profile("rack-" + host, "r" + host);
    }
    // Lets go of the first run of a new database, which would be in the way.
    fleet
        .sql("SELECT address FROM (SELECT id::text AS address FROM run) AS first")
        .forEach(id -> runs.cancel("/api/v1/runs/" + id));
    fleet.await("nothing runs", 60, () -> open().isEmpty());
  }

  @AfterAll
  void stop() throws Exception {
    if (fleet != null) {
      fleet.close();
    }
    if (lan != null) {
      lan.close();
    }
  }

  @AfterEach
  void nothingIsLostOrDoubled() {
    assertThat(
            fleet.sql(
                """
                SELECT a.fence::text FROM attempt a JOIN attempt b
                  ON (a.host_id = b.host_id OR a.job_id = b.job_id) AND a.fence < b.fence
                WHERE a.ended_at IS NULL OR a.ended_at > b.leased_at
                """))
        .as("P5: attempts of one host or one job at the same time")
        .isEmpty();
    assertThat(
            fleet.sql(
                """
                SELECT job_id::text FROM attempt WHERE outcome = 'succeeded'
                GROUP BY job_id HAVING count(*) > 1
                """))
        .as("P3: jobs that were done twice")
        .isEmpty();
    assertThat(
            fleet.sql(
                """
                SELECT c.fence::text FROM chunk c JOIN attempt a USING (fence)
                WHERE a.ended_at < c.stored_at
                """))
        .as("P4: chunks of attempts that had ended")
        .isEmpty();
  }

  @Test
  void runsAreSpreadByProfile() throws Exception {
    String run = runs.submit(rounds(2).with("profiles", List.of("rack-0", "rack-1", "rack-2")));

    fleet.await("the run completes", 120, () -> runs.state(run).equals("completed"));

    assertThat(
            fleet.sql(
                """
                SELECT j.profile || ' on ' || h.name
                FROM attempt a JOIN job j ON j.id = a.job_id JOIN host h ON h.id = a.host_id
                WHERE j.run_id = '%s' ORDER BY 1
                """
                    .formatted(id(run))))
        .containsExactly("rack-0 on host-0", "rack-1 on host-1", "rack-2 on host-2");
  }

  /** F8. */
  @Test
  void whatAHostMeasuredThatWasCutOffIsRefusedAndTheRunIsDoneOnce() throws Exception {
    String run = runs.submit(rounds(LONG));
    int host = hostThatMeasures(run);
    String fence = newest(run);
    fleet.await("its first chunk is stored", 60, () -> chunks(fence) > 0);

    lan.cut(host);
    try {
      fleet.await("it is given up", 60, () -> ends(run).contains("worker_lost"));
      fleet.await("another host has done it", 180, () -> runs.state(run).equals("completed"));
      fleet.await(
          "the host that was cut off has measured all the same",
          300,
          () -> Files.exists(spool(host, fence).resolve("completion.json")));
    } finally {
      lan.mend(host);
    }

    Path rejected = Fleet.home(host).resolve("rejected").resolve(fence);
    fleet.await("its results are put aside", 60, () -> Files.exists(rejected));
    assertThat(spool(host, fence)).doesNotExist();
    assertThat(rejected.resolve("completion.json")).exists();
    assertThat(fleet.said(host)).contains("409");
    assertThat(ends(run)).containsExactly("worker_lost", "succeeded");
    measuresAgain(host);
  }

  /** F12. */
  @Test
  void aWorkerThatStoodStillForLongerThanItsLeaseDropsItsAttempt() throws Exception {
    String run = runs.submit(rounds(LONG));
    int host = hostThatMeasures(run);
    String fence = newest(run);
    fleet.await("its first chunk is stored", 60, () -> chunks(fence) > 0);

    fleet.signal(host, "STOP");
    try {
      fleet.await("it is given up", 60, () -> ends(run).contains("worker_lost"));
      fleet.await("another host has done it", 180, () -> runs.state(run).equals("completed"));
    } finally {
      fleet.signal(host, "CONT");
    }

    Path rejected = Fleet.home(host).resolve("rejected").resolve(fence);
    fleet.await("its results are put aside", 60, () -> Files.exists(rejected));
    fleet.await("nothing is measured there", 25, () -> fleet.measured(host).isEmpty());
    assertThat(ends(run)).containsExactly("worker_lost", "succeeded");
    measuresAgain(host);
  }

  /** F9. */
  @Test
  void aLeaseWhoseAnswerVanishedIsSentAgain() throws Exception {
    // The worker asks anew every 20 s and hears nothing for 30 s at most: cut between, it has time
    // to ask again before the lease is given up.
    fleet.await("the worker has waited for ten seconds", 60, () -> idleSeconds(0) > 10);

    lan.deafen(0);
    String run;
    try {
      run = runs.submit(rounds(2).with("profiles", List.of("rack-0")));
      fleet.await("the host has a lease", 10, () -> !open().isEmpty());
      String before = fleet.said(0);
      fleet.await(
          "the worker has heard nothing",
          25,
          () -> fleet.said(0).substring(before.length()).contains("does not answer"));
    } finally {
      lan.undeafen(0);
    }

    fleet.await("the run completes", 90, () -> runs.state(run).equals("completed"));
    assertThat(attempts(run)).containsExactly("succeeded, sent 2 times");
  }

  /** A host that was lost in a test is as good as any other afterwards. */
  private void measuresAgain(int host) throws InterruptedException {
    String run = runs.submit(rounds(2).with("profiles", List.of("rack-" + host)));
    fleet.await("the host measures again", 120, () -> runs.state(run).equals("completed"));
  }

  private static RunBody rounds(int rounds) {
    return aRun()
        .axis("interpreter", "cpython-3.14")
        .with(
            "precision", Map.of("min_rounds", rounds, "max_rounds", rounds, "time_budget_s", 300));
  }

  private int hostThatMeasures(String run) throws InterruptedException {
    String host =
        """
        SELECT h.name FROM attempt a JOIN job j ON j.id = a.job_id JOIN host h ON h.id = a.host_id
        WHERE j.run_id = '%s' AND a.acked_at IS NOT NULL AND a.ended_at IS NULL
        """
            .formatted(id(run));
    fleet.await("a host measures", 60, () -> !fleet.sql(host).isEmpty());
    return Integer.parseInt(fleet.sql(host).getFirst().replace("host-", ""));
  }

  private static String id(String run) {
    return run.substring(run.lastIndexOf('/') + 1);
  }

  private String newest(String run) {
    return ofAttempts(run, "a.fence::text").getLast();
  }

  private List<String> ends(String run) {
    return ofAttempts(run, "coalesce(a.outcome, 'open')");
  }

  private List<String> attempts(String run) {
    return ofAttempts(run, "coalesce(a.outcome, 'open') || ', sent ' || a.sent || ' times'");
  }

  private List<String> ofAttempts(String run, String what) {
    return fleet.sql(
        "SELECT %s FROM attempt a JOIN job j ON j.id = a.job_id WHERE j.run_id = '%s' ORDER BY a.fence"
            .formatted(what, id(run)));
  }

  private List<String> open() {
    return fleet.sql("SELECT fence::text FROM attempt WHERE ended_at IS NULL");
  }

  private int chunks(String fence) {
    return Integer.parseInt(
        fleet.sql("SELECT count(*)::text FROM chunk WHERE fence = " + fence).getFirst());
  }

  private double idleSeconds(int host) {
    return Double.parseDouble(
        fleet
            .sql(
                "SELECT extract(epoch FROM now() - last_seen_at)::text FROM host WHERE name = '%s'"
                    .formatted(Fleet.name(host)))
            .getFirst());
  }

  private static Path spool(int host, String fence) {
    return Fleet.home(host).resolve("spool").resolve(fence);
  }
}
