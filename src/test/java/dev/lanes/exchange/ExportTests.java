package dev.lanes.exchange;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.catalog.Outcome;
import dev.lanes.catalog.Quality;
import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Chunk.CellEnding;
import dev.lanes.protocol.Chunk.RoundSamples;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.JobSpec.CellSpec;
import dev.lanes.protocol.Lease;
import dev.lanes.run.Cells;
import dev.lanes.run.Queue;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;

@OnTestServer
class ExportTests {

  private static final int ROUNDS = 6;

  @Autowired private TestServer server;
  @Autowired private Exports exports;
  @TempDir private Path folder;
  private Queue queue;
  private SimulatedWorker worker;

  @BeforeEach
  void aHostWithAnAnchor() {
    server.clear();
    queue = new Queue(server);
    worker = server.worker("w1");
    worker.reportWithBundled();
  }

  @Test
  void cellsAreATableWithARowForEachFigure() {
    String run = measured("=1+1");

    var answer = server.admin().get(cells(run, "csv"));

    assertThat(answer.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
    assertThat(answer.header("Content-Disposition")).startsWith("attachment; filename=\"run-");
    List<String> lines = answer.body().lines().toList();
    assertThat(lines.getFirst())
        .isEqualTo(
            "run,cell,index,workload,parameters,tasks,parallelism,model,interpreter,profile,host,"
                + "build,outcome,reason,quality,rounds,measure,unit,median,ci_low,ci_high,n");
    assertThat(lines)
        .filteredOn(line -> line.contains(",sequential,") && line.contains(",steady_seconds,"))
        .singleElement()
        .asString()
        .contains("\"{\"\"digits\"\":20}\",2,1,sequential,cpython-3.14,any,w1,")
        .contains(",succeeded,,stable,6,steady_seconds,seconds,0.011,0.011,0.011,6");
    assertThat(lines)
        .as("what a spreadsheet would calculate is a text")
        .anyMatch(line -> line.contains(",crashed,\"'=1+1\","));
  }

  @Test
  void samplesAreATableToo() {
    String run = measured("SIGSEGV");
    UUID cell = UUID.fromString(exports.figures(UUID.fromString(id(run))).getFirst().cell());

    var answer = server.admin().get("/api/v1/cells/%s/samples?format=csv".formatted(cell));

    assertThat(answer.body().lines().limit(3))
        .containsExactly(
            "measure,unit,round,turn,warmup,value",
            "steady_seconds,seconds,0,0,true,0.02",
            "steady_seconds,seconds,0,1,false,0.01");
    assertThat(answer.body().lines()).hasSize(1 + 3 * ROUNDS);
  }

  /** Read by another program than the one that wrote it. */
  @Test
  void parquetHasTheSameRowsAsTheTable() throws Exception {
    String run = measured("SIGSEGV");
    List<FigureRow> rows = exports.figures(UUID.fromString(id(run)));
    byte[] file = Parquet.of(rows);

    List<String> models = new ArrayList<>();
    try (ParquetFileReader reader = ParquetFileReader.open(InputFile.of(ByteBuffer.wrap(file)));
        RowReader read = reader.rowReader()) {
      while (read.hasNext()) {
        read.next();
        FigureRow row = rows.get(models.size());
        models.add(read.getString("model"));
        assertThat(read.getString("cell")).isEqualTo(row.cell());
        assertThat(read.getInt("rounds")).isEqualTo(row.rounds());
        if (row.median() == null) {
          assertThat(read.isNull("median")).isTrue();
        } else {
          assertThat(read.getDouble("median")).isEqualTo(row.median());
          assertThat(read.getDouble("ci_low")).isEqualTo(row.ciLow());
        }
      }
    }
    assertThat(models).hasSameSizeAs(rows).contains("sequential", "threads");
    assertThat(server.admin().get(cells(run, "parquet")).header("Content-Type"))
        .isEqualTo("application/vnd.apache.parquet");
  }

  @Test
  void pyperfItselfReadsAnExportAndComparesTwo() throws Exception {
    RealPyperf.need();
    Path one = export(measured("SIGSEGV"), "one.json");
    Path other = export(measured("SIGSEGV"), "other.json");

    var told = RealPyperf.tell(one);

    assertThat(told).hasSize(1);
    String name = "pi digits=20 tasks=2 parallelism=1 sequential cpython-3.14";
    assertThat(told.path(0).path("name").asString()).isEqualTo(name);
    assertThat(told.path(0).path("processes").asInt()).isEqualTo(ROUNDS);
    assertThat(told.path(0).path("values").asInt()).isEqualTo(2 * ROUNDS);
    assertThat(told.path(0).path("warm_ups").asInt()).isEqualTo(ROUNDS);
    assertThat(told.path(0).path("median").asDouble()).isCloseTo(0.011, within(1e-12));
    assertThat(RealPyperf.call("show", one.toString())).contains("Mean +- std dev: 11.0 ms");
    assertThat(RealPyperf.call("stats", one.toString())).contains("Number of run with values: 6");
    assertThat(RealPyperf.call("dump", one.toString())).contains("Run 6");
    assertThat(RealPyperf.call("compare_to", one.toString(), other.toString()))
        .containsIgnoringCase("not significant");
  }

  @Test
  void figuresThatAreInvalidAreNotForPyperf() {
    String run = measured("SIGSEGV", Quality.INVALID);

    var answer = server.admin().get(cells(run, "pyperf"));

    assertThat(answer.status()).isEqualTo(HttpStatus.NOT_FOUND.value());
    assertThat(server.admin().get(cells(run, "csv")).body()).contains(",invalid,");
  }

  @Test
  void anExportToPyperfCanBeImported() throws Exception {
    Path file = export(measured("SIGSEGV"), "back.json");

    var made = server.admin().post("/api/v1/imports?name=back", Files.readString(file));

    assertThat(made.status()).isEqualTo(HttpStatus.CREATED.value());
    assertThat(made.json().path("items").path(0).path("median").asDouble())
        .isCloseTo(0.011, within(1e-12));
  }

  @Test
  void aFormatThatThereIsNotIsRefusedWithThoseThatThereAre() {
    String run = measured("SIGSEGV");

    var answer = server.admin().get(cells(run, "xlsx"));

    assertThat(answer.status()).isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT.value());
    assertThat(answer.json().path("errors").path(0).path("allowed"))
        .extracting(node -> node.asString())
        .containsExactly("json", "csv", "parquet", "pyperf");
    assertThat(server.admin().get(cells(run, "json")).json().path("items")).hasSize(2);
    assertThat(server.admin().get(cells("/" + UUID.randomUUID(), "csv")).status())
        .isEqualTo(HttpStatus.NOT_FOUND.value());
  }

  @Test
  void aRunWithoutFiguresHasNothingForPyperf() {
    String run = queue.submit(aRun());

    var answer = server.admin().get(cells(run, "pyperf"));

    assertThat(answer.status()).isEqualTo(HttpStatus.NOT_FOUND.value());
    assertThat(answer.json().path("detail").asString()).contains("steady_seconds");
  }

  private Path export(String run, String name) throws Exception {
    var answer = server.admin().get(cells(run, "pyperf"));
    assertThat(answer.status()).isEqualTo(HttpStatus.OK.value());
    return Files.writeString(folder.resolve(name), answer.body());
  }

  /** A cell that takes about 10 ms in each batch, and one that crashed. */
  private String measured(String crash) {
    return measured(crash, Quality.STABLE);
  }

  private String measured(String crash, Quality quality) {
    String run = queue.submit(aRun().axis("model", "sequential", "threads"));
    Lease lease = worker.takeJob();
    List<RoundSamples> samples = new ArrayList<>();
    List<CellEnding> endings = new ArrayList<>();
    for (CellSpec cell : Cells.of(lease)) {
      if (cell.model().equals("threads")) {
        endings.add(Cells.failed(cell.id(), Outcome.CRASHED, crash));
        continue;
      }
      for (int round = 0; round < ROUNDS; round++) {
        samples.add(
            new RoundSamples(
                cell.id(), round, "steady_seconds", 1, new double[] {0.02, 0.01, 0.012}));
      }
      endings.add(Cells.ended(cell.id(), ROUNDS, quality));
    }
    worker.send(lease, 0, new Chunk(samples, List.of(), endings));
    worker.complete(lease, AttemptOutcome.SUCCEEDED, 1);
    return run;
  }

  private static String cells(String run, String format) {
    return "/api/v1/runs/%s/cells?format=%s".formatted(id(run), format);
  }

  private static String id(String run) {
    return run.substring(run.lastIndexOf('/') + 1);
  }
}
