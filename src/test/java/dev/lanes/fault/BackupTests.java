package dev.lanes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.fault.SeededWorker.Pace;
import dev.lanes.fault.Stage.Timings;
import dev.lanes.postgres.TestPostgres;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.Lease;
import dev.lanes.run.Cells;
import dev.lanes.web.Caller;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** A backup taken while servers and workers write, restored beside them. */
@Tag("fault")
class BackupTests {

  private static final int WORKERS = 4;
  private static final List<String> RESULTS =
      List.of("cell", "sample", "measure_summary", "cell_result");

  @Test
  @Tag("smoke")
  void aBackupTakenUnderLoadGivesTheSameAnswers() throws Exception {
    try (Scene scene = Stage.scene("backup", Timings.BRISK)) {
      scene.knowAHost();
      TestPostgres original = scene.stage().postgres();
      List<String> finished;
      Map<String, String> sums;
      TestPostgres copy;
      try (var _ = scene.keepSubmitting("ann", 2 * WORKERS)) {
        for (int i = 0; i < WORKERS; i++) {
          scene.start("w" + i, Pace.of(Timings.BRISK, Duration.ofMillis(50)));
        }
        Stage.await("runs end", 60, () -> scene.history().completed() >= 20);
        finished = finished(original.jdbc());
        sums = checksums(original.jdbc(), finished);
        int before = scene.history().completed();
        copy = original.backup(Stage.histories().resolve("restored"));
        int after = scene.history().completed();
        scene.figure("runs completed before the backup", finished.size());
        scene.figure("runs completed while it was taken", after - before);
        Stage.await("it goes on", 60, () -> scene.history().completed() >= after + 5);
      }
      scene.awaitQuiet(60);
      scene.assertPromisesHold(scene.limits());

      Path log = Stage.histories().resolve("restored.log");
      Files.deleteIfExists(log);
      Replica restored = scene.stage().on(copy, log);
      copy.start();
      try {
        assertThat(finished).hasSizeGreaterThanOrEqualTo(15);
        assertThat(checksums(copy.jdbc(), finished)).isEqualTo(sums);
        restored.start();
        restored.awaitUp();
        assertSameAnswers(
            finished, scene.stage().replicas().getFirst().address(), restored.address());
        assertItGoesOn(scene, restored, log);
      } finally {
        restored.kill();
        copy.stopIfAlive();
      }
    }
  }

  private static List<String> finished(JdbcClient jdbc) {
    return jdbc.sql(
            "SELECT id::text FROM run WHERE state = 'completed' AND owner <> 'lanes' ORDER BY id")
        .query(String.class)
        .list();
  }

  /** Of every row of every result of these runs, by table. */
  private static Map<String, String> checksums(JdbcClient jdbc, List<String> runs) {
    Map<String, String> sums = new TreeMap<>();
    for (String table : RESULTS) {
      String of = table.equals("cell") ? "t.id" : "t.cell_id";
      sums.put(
          table,
          jdbc.sql(
                  """
                  SELECT count(*) || ' ' || md5(string_agg(t::text, '|' ORDER BY t::text))
                  FROM %s t JOIN cell c ON c.id = %s
                  WHERE c.run_id = ANY (CAST(:runs AS uuid[]))
                  """
                      .formatted(table, of))
              .param("runs", runs.toArray(String[]::new))
              .query(String.class)
              .single());
    }
    return sums;
  }

  private static void assertSameAnswers(List<String> runs, String one, String other) {
    var before = new Caller(one, null);
    var after = new Caller(other, null);
    for (String run : runs) {
      for (String call : List.of("/runs/%s", "/runs/%s/cells", "/comparisons?run=%s")) {
        String path = "/api/v1" + call.formatted(run);
        var answer = after.get(path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        assertThat(answer.body()).as(path).isEqualTo(before.get(path).body());
      }
    }
  }

  /** What waited when the backup was taken is measured now, and the log tells of it as JSON. */
  private static void assertItGoesOn(Scene scene, Replica restored, Path log) throws Exception {
    var worker =
        new SimulatedWorker(
            scene.wire("elsewhere", List.of(restored.address())),
            new Caller(restored.address(), null));
    Lease lease = worker.takeJob();
    worker.send(lease, 0, Cells.everything(lease, 1));
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);

    String ended = "attempt=%d ".formatted(lease.fence());
    Stage.await("the log tells", 10, () -> read(log).contains(ended));
    String line = read(log).lines().filter(l -> l.contains(ended)).findFirst().orElseThrow();
    JsonNode entry = JsonMapper.shared().readTree(line);
    assertThat(entry.path("run").asString()).isEqualTo(lease.job().run().toString());
    assertThat(entry.path("job").asString()).isEqualTo(lease.job().job().toString());
    assertThat(entry.path("attempt"))
        .isEqualTo(JsonNodeFactory.instance.stringNode("" + lease.fence()));
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
