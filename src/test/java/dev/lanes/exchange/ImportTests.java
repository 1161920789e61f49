package dev.lanes.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.web.Caller.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

@OnTestServer
class ImportTests {

  /** How many files pyperf makes; each takes it a second or two. */
  private static final int FILES = Integer.getInteger("lanes.test.pyperf.files", 6);

  @Autowired private TestServer server;
  @TempDir private Path folder;

  @BeforeEach
  void nothingImported() {
    server.clear();
  }

  @Test
  void theRawResultsBehindTheTalkAreImportedAndShown() {
    var made = post("talk", resource("talk-test3.json"));

    assertThat(made.status()).isEqualTo(HttpStatus.CREATED.value());
    assertThat(made.json().path("format").asString()).isEqualTo("pyperf");
    var items = made.json().path("items");
    assertThat(items)
        .extracting(item -> item.path("name").asString())
        .containsExactly("threading", "subinterpreters", "multiprocessing");
    // The talk gives 2.37, 0.63 and 0.89 seconds.
    assertThat(items.path(0).path("median").asDouble()).isCloseTo(2.37, within(0.03));
    assertThat(items.path(1).path("median").asDouble()).isCloseTo(0.63, within(0.03));
    assertThat(items.path(2).path("median").asDouble()).isCloseTo(0.89, within(0.03));
    assertThat(items.path(0).path("processes").asInt()).isEqualTo(20);
    assertThat(items.path(0).path("values").asInt()).isEqualTo(60);
    assertThat(items.path(0).path("metadata").path("cpu_count").asInt()).isEqualTo(4);
    assertThat(server.admin().get(made.header("Location")).json()).isEqualTo(made.json());
  }

  @Test
  void filesOfPyperfLoseNothing() throws Exception {
    RealPyperf.need();
    for (int i = 0; i < FILES; i++) {
      Path file = folder.resolve("made-%d.json".formatted(i));
      RealPyperf.call(
          "timeit",
          "--quiet",
          "--name",
          "sum %d".formatted(i),
          "--processes",
          String.valueOf(1 + i % 3),
          "--values",
          String.valueOf(1 + i % 4),
          "--warmups",
          String.valueOf(i % 3),
          "--min-time",
          "0.001",
          "-o",
          file.toString(),
          "sum(range(%d))".formatted(50 + i));

      var made = post("made " + i, Files.readString(file));

      assertThat(made.status()).isEqualTo(HttpStatus.CREATED.value());
      var told = RealPyperf.tell(file);
      var items = made.json().path("items");
      assertThat(items).hasSameSizeAs(told);
      for (int b = 0; b < told.size(); b++) {
        for (String counted : List.of("name", "processes", "values", "warm_ups")) {
          assertThat(items.path(b).path(counted)).as(counted).isEqualTo(told.path(b).path(counted));
        }
        assertThat(items.path(b).path("median").asDouble())
            .isCloseTo(told.path(b).path("median").asDouble(), within(1e-15));
      }
      assertThat(server.admin().get(made.header("Location") + "/file").body())
          .isEqualTo(Files.readString(file));
    }
    assertThat(server.admin().get("/api/v1/imports?limit=500").json().path("items")).hasSize(FILES);
  }

  @Test
  void aPreviewTellsWhatWouldBeAndStoresNothing() {
    String file = resource("talk-bm_parallel_20.json");

    var preview = server.admin().post("/api/v1/imports/preview?name=talk", file);

    assertThat(preview.status()).isEqualTo(HttpStatus.OK.value());
    assertThat(preview.json().path("id").isNull()).isTrue();
    assertThat(preview.json().path("benchmarks").asInt()).isEqualTo(3);
    assertThat(preview.json().path("existing").isNull()).isTrue();
    assertThat(stored()).isZero();
    String id = post("talk", file).json().path("id").asString();
    assertThat(
            server
                .admin()
                .post("/api/v1/imports/preview?name=talk", file)
                .json()
                .path("existing")
                .asString())
        .isEqualTo(id);
  }

  @Test
  void theSameFileAgainIsTheSameImport() {
    var first = post("talk", resource("talk-test3.json"));
    var second = post("another name", resource("talk-test3.json"));

    assertThat(second.status()).isEqualTo(HttpStatus.OK.value());
    assertThat(second.json()).isEqualTo(first.json());
    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void resultsOfAsvAreRead() {
    var items = post("asv", resource("asv-2.json")).json().path("items");

    assertThat(items)
        .extracting(item -> item.path("name").asString())
        .containsExactly(
            "bench.Suite.time_sum(10)", "bench.Suite.time_sum(100)", "bench.peakmem_list");
    assertThat(items.path(0).path("unit").asString()).isEqualTo("second");
    assertThat(items.path(0).path("values").asInt()).isEqualTo(3);
    assertThat(items.path(2).path("unit").asString()).isEqualTo("byte");
    assertThat(items.path(2).path("median").asDouble()).isEqualTo(84934656);
    assertThat(items.path(0).path("metadata").path("machine").asString()).isEqualTo("lab1");
    var old = post("old", resource("asv-1.json")).json().path("items");
    assertThat(old)
        .extracting(item -> item.path("name").asString())
        .containsExactly("time_old", "time_grid('a')", "time_grid('b')", "track_ratio");
    assertThat(old.path(3).path("unit").asString()).isEqualTo("unknown");
  }

  @Test
  void moreCombinationsThanAnyMemoryHoldsAreRead() {
    String many = "[%s]".formatted("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], ".repeat(20) + "[1]");
    String file =
        """
        {"commit_hash": "a", "results": {"time_x": {"params": %s, "result": [1.0, 2.0]}}}
        """
            .formatted(many);

    var items = post("many", file).json().path("items");

    assertThat(items).hasSize(2);
    assertThat(items.path(1).path("name").asString())
        .isEqualTo("time_x(%s2, 1)".formatted("1, ".repeat(19)));
  }

  @Test
  void twoImportsAreComparedAsWhatTheyAreUnpaired() {
    String slow = id(post("slow", pyperf("sum", 1.0, 1.01, 0.99, 1.02, 0.98, 1.0, 1.01)));
    String fast = id(post("fast", pyperf("sum", 0.5, 0.505, 0.495, 0.51, 0.49, 0.5, 0.505)));

    var answer = compare(fast, slow);

    var item = answer.path("items").path(0);
    assertThat(item.path("ratio").asDouble()).isCloseTo(0.5, within(1e-9));
    assertThat(item.path("verdict").asString()).isEqualTo("faster");
    assertThat(item.path("sentence").asString()).startsWith("2.00× faster [");
    assertThat(item.path("q_value").asDouble()).isLessThan(0.05);
    assertThat(answer.path("warning").asString()).startsWith("unpaired:");
    var mirrored = compare(slow, fast).path("items").path(0);
    assertThat(mirrored.path("ratio").asDouble()).isCloseTo(2, within(1e-9));
    assertThat(mirrored.path("verdict").asString()).isEqualTo("slower");
  }

  /** Welch by SciPy 1.17.1: {@code ttest_ind(log(a), log(b), equal_var=False).pvalue}. */
  @Test
  void theProcessesAreWhatIsCompared() {
    String one = id(post("one", pyperf("sum", 1.0, 1.1, 0.9, 1.05, 0.95, 1.02)));
    String other = id(post("other", pyperf("sum", 1.1, 1.2, 1.0, 1.15, 1.05, 1.12)));

    var item = compare(other, one).path("items").path(0);

    assertThat(item.path("processes").asInt()).isEqualTo(6);
    assertThat(item.path("p_value").asDouble()).isCloseTo(P_VALUE, within(1e-9));
  }

  @Test
  void whatOnlyOneHasAndWhatHasOtherUnitsIsSaid() {
    String one =
        id(
            post(
                "one",
                """
                {"version": "1.0", "benchmarks": [%s, %s]}
                """
                    .formatted(benchmark("a", "second", 1, 1), benchmark("b", "byte", 1, 1))));
    String other =
        id(
            post(
                "other",
                """
                {"version": "1.0", "benchmarks": [%s, %s]}
                """
                    .formatted(benchmark("b", "second", 1, 1), benchmark("c", "second", 1, 1))));

    var answer = compare(one, other);

    assertThat(answer.path("only_here").path(0).asString()).isEqualTo("a");
    assertThat(answer.path("only_against").path(0).asString()).isEqualTo("c");
    assertThat(answer.path("items").path(0).path("sentence").asString())
        .isEqualTo("not comparable: the units differ: byte and second");
  }

  @Test
  void samplesOfAsvGetNoInterval() {
    String one = id(post("one", resource("asv-2.json")));
    String other = id(post("other", resource("asv-2.json").replace("0.0012,", "0.0024,")));

    var item = compare(one, other).path("items").path(0);

    assertThat(item.path("verdict").asString()).isEqualTo("unknown");
    assertThat(item.path("ci_low").isNull()).isTrue();
    assertThat(item.path("sentence").asString()).contains("same process");
  }

  @Test
  void whatIsWrongWithAFileIsToldWithItsPlace() {
    assertRefused(pyperf("sum", 1.0, 0.0), "/benchmarks/0/runs/1/values/0");
    assertRefused(pyperf("sum", 1.0, -2.0), "/benchmarks/0/runs/1/values/0");
    assertRefused(pyperf("", 1.0, 2.0), "/benchmarks/0/metadata/name");
    assertRefused(pyperf("sum", 1.0).replace("[1.0]", "[NaN]"), "/benchmarks/0/runs/0/values/0");
    assertRefused(pyperf("sum", 1.0).replace("[1.0]", "[1e999]"), "/benchmarks/0/runs/0/values/0");
    assertRefused(pyperf("sum", 1.0).replace("[1.0]", "[\"1\"]"), "/benchmarks/0/runs/0/values/0");
    assertRefused(pyperf("sum", 1.0).replace("[1.0]", "[]"), "/benchmarks/0/runs/0");
    assertRefused("{\"benchmarks\": []}", "/benchmarks");
    assertRefused(
        "{\"benchmarks\": [%s, %s]}"
            .formatted(benchmark("a", "second", 1), benchmark("a", "second", 1)),
        "/benchmarks/1");
    assertRefused("{}", null);
    assertRefused("[]", null);
    assertRefused("{", null);
    assertRefused("[".repeat(100_000), null);
    assertRefused("not json", null);
    assertThat(stored()).isZero();
  }

  @Test
  void aNameIsNeeded() {
    var answer = server.admin().post("/api/v1/imports?name=%20", pyperf("sum", 1.0));

    assertThat(answer.status()).isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT.value());
    assertThat(answer.json().path("errors").path(0).path("pointer").asString()).isEqualTo("/name");
  }

  @Test
  void filesMayBeLargerThanOtherBodiesButNotAnything() {
    String long10 = pyperf("sum", 1.0).replace("[1.0]", "[" + "1.5,".repeat(500_000) + "1.5]");
    String long24 = " ".repeat(24_000_000) + pyperf("sum", 1.0);

    assertThat(post("long", long10).status()).isEqualTo(HttpStatus.CREATED.value());
    assertThat(post("too long", long24).status()).isEqualTo(HttpStatus.CONTENT_TOO_LARGE.value());
  }

  @Test
  void aDeletedImportIsGone() {
    String id = id(post("talk", resource("talk-test3.json")));

    assertThat(server.admin().delete("/api/v1/imports/" + id).status())
        .isEqualTo(HttpStatus.NO_CONTENT.value());
    assertThat(server.admin().get("/api/v1/imports/" + id).status())
        .isEqualTo(HttpStatus.NOT_FOUND.value());
    assertThat(server.admin().delete("/api/v1/imports/" + id).status())
        .isEqualTo(HttpStatus.NOT_FOUND.value());
  }

  @Test
  void theListHasPages() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ids.addFirst(id(post("file " + i, pyperf("sum", 1.0 + i))));
    }

    var first = server.admin().get("/api/v1/imports?limit=2").json();
    var second =
        server
            .admin()
            .get("/api/v1/imports?limit=2&cursor=" + first.path("next").asString())
            .json();

    assertThat(first.path("items"))
        .extracting(item -> item.path("id").asString())
        .containsExactly(ids.get(0), ids.get(1));
    assertThat(first.path("items").path(0).has("items")).isFalse();
    assertThat(second.path("items"))
        .extracting(item -> item.path("id").asString())
        .containsExactly(ids.get(2));
    assertThat(second.path("next").isNull()).isTrue();
  }

  private static final double P_VALUE = 0.03641541385292514;

  private void assertRefused(String file, @Nullable String pointer) {
    for (String path : List.of("/api/v1/imports?name=bad", "/api/v1/imports/preview?name=bad")) {
      var answer = server.admin().post(path, file);

      assertThat(answer.status())
          .as(path + " " + file.substring(0, Math.min(80, file.length())))
          .isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT.value());
      if (pointer != null) {
        assertThat(answer.json().path("errors").path(0).path("pointer").asString())
            .isEqualTo(pointer);
      }
    }
  }

  /** A file of pyperf with a process for each value. */
  private static String pyperf(String name, double... values) {
    return "{\"version\": \"1.0\", \"benchmarks\": [%s]}"
        .formatted(benchmark(name, "second", values));
  }

  private static String benchmark(String name, String unit, double... values) {
    List<String> runs = new ArrayList<>();
    for (double value : values) {
      runs.add("{\"values\": [%s]}".formatted(value));
    }
    return "{\"metadata\": {\"name\": \"%s\", \"unit\": \"%s\"}, \"runs\": [%s]}"
        .formatted(name, unit, String.join(", ", runs));
  }

  private Answer post(String name, String file) {
    return server.admin().post("/api/v1/imports?name=" + name.replace(" ", "%20"), file);
  }

  private JsonNode compare(String one, String other) {
    return server
        .admin()
        .get("/api/v1/imports/%s/comparisons?against=%s".formatted(one, other))
        .json();
  }

  private static String id(Answer made) {
    return UUID.fromString(made.json().path("id").asString()).toString();
  }

  private int stored() {
    return server.jdbc().sql("SELECT count(*) FROM import").query(Integer.class).single();
  }

  private static String resource(String name) {
    try (var file = ImportTests.class.getResourceAsStream("/exchange/" + name)) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
