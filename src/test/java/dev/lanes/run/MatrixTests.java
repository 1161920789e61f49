package dev.lanes.run;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lanes.catalog.Catalog;
import dev.lanes.catalog.CatalogFiles;
import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.web.ApiException;
import dev.lanes.web.ApiException.FieldProblem;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MatrixTests {

  private static final Catalog CATALOG =
      CatalogFiles.load(List.of(Path.of("src/test/python/workloads")));

  @Test
  void theLargestDifferencesAreOutermost() {
    var run =
        aRun()
            .axis("digits", 20, 10)
            .axis("parallelism", 1, 2)
            .axis("interpreter", "cpython-3.14t", "cpython-3.14")
            .axis("model", "threads", "sequential");

    var cells = expand(run);

    assertThat(cells)
        .extracting(cell -> cell.parameters().get("digits") + " " + cell.parallelism())
        .startsWith("20 1", "20 1", "20 1", "20 1", "20 2")
        .endsWith("10 2")
        .hasSize(16);
    assertThat(cells.subList(0, 4))
        .extracting(cell -> cell.interpreter() + " " + cell.model())
        .containsExactly(
            "cpython-3.14t threads",
            "cpython-3.14t sequential",
            "cpython-3.14 threads",
            "cpython-3.14 sequential");
  }

  @Test
  void aStarStandsForEveryModel() {
    var cells = expand(aRun().axis("model", "*"));

    assertThat(cells)
        .extracting(CellAxes::model)
        .containsExactlyElementsOf(CATALOG.models().stream().map(model -> model.id()).toList());
  }

  @Test
  void aStarStandsForEveryUsableLineOfInterpreters() {
    var cells = expand(aRun().axis("interpreter", "*"));

    assertThat(cells)
        .extracting(CellAxes::interpreter)
        .containsExactly("cpython-3.14", "cpython-3.14t");
  }

  @Test
  void anInterpreterMayBeNamedByItsExactId() {
    var cells = expand(aRun().axis("interpreter", "cpython-3.14.3-0badcafe"));

    assertThat(cells).extracting(CellAxes::interpreter).containsExactly("cpython-3.14.3-0badcafe");
  }

  @Test
  void aValueThatIsSaidTwiceIsMeasuredOnce() {
    var cells = expand(aRun().axis("model", "threads", "*", "threads").axis("digits", 20, 20));

    assertThat(cells).hasSize(CATALOG.models().size());
    assertThat(cells.getFirst().model()).isEqualTo("threads");
  }

  @Test
  void aParameterThatIsNotNamedKeepsItsDefault() {
    var cells = expand(aRun().without("digits"));

    assertThat(cells).extracting(CellAxes::parameters).containsExactly(Map.of("digits", 200L));
  }

  @Test
  void eachWorkloadHasItsOwnParameters() {
    var cells = expand(aRun().axis("workload", "pi", "misbehave").axis("fault", "hang", "none"));

    assertThat(cells)
        .extracting(CellAxes::parameters)
        .containsExactly(Map.of("digits", 20L), Map.of("fault", "hang"), Map.of("fault", "none"));
  }

  @Test
  void leavesOutWhatIsExcluded() {
    var run =
        aRun()
            .axis("digits", 10, 20)
            .axis("model", "sequential", "threads")
            .with("exclude", List.of(Map.of("model", "threads", "digits", 20)));

    assertThat(expand(run))
        .extracting(cell -> cell.model() + " " + cell.parameters().get("digits"))
        .containsExactly("sequential 10", "threads 10", "sequential 20");
  }

  @Test
  void anExclusionThatMatchesNothingOrNamesNoAxisIsRefused() {
    var run = aRun().with("exclude", List.of(Map.of("colour", "red"), Map.of("digits", 21)));

    assertThat(refusal(run))
        .extracting(FieldProblem::pointer)
        .containsExactly("/exclude/0/colour", "/exclude/0", "/exclude/1");
  }

  @Test
  void excludingEverythingIsRefused() {
    var run = aRun().with("exclude", List.of(Map.of("model", "sequential")));

    assertThat(refusal(run))
        .containsExactly(new FieldProblem("/exclude", "leaves no cell to measure", null));
  }

  @Test
  void anUnknownValueIsAnsweredWithWhatThereIs() {
    var problem = refusal(aRun().axis("model", "sequential", "fibers")).getFirst();

    assertThat(problem.pointer()).isEqualTo("/matrix/model/1");
    assertThat(problem.detail()).isEqualTo("there is no model \"fibers\"");
    assertThat(problem.allowed()).contains("sequential", "threads", "processes:spawn");
  }

  @Test
  void anUnusableInterpreterIsNotAmongWhatThereIs() {
    var problem = refusal(aRun().axis("interpreter", "cpython-2.7")).getFirst();

    assertThat(problem.allowed())
        .containsExactly(
            "cpython-3.14", "cpython-3.14.3-0badcafe", "cpython-3.14t", "cpython-3.14t.3-0badcafe");
  }

  @Test
  void anAxisThatNoWorkloadHasIsAnsweredWithTheAxes() {
    var problem = refusal(aRun().axis("colour", "red")).getFirst();

    assertThat(problem.pointer()).isEqualTo("/matrix/colour");
    assertThat(problem.allowed())
        .containsExactly("digits", "interpreter", "model", "parallelism", "tasks", "workload");
  }

  @Test
  void aParameterOutOfItsLimitsIsToldWithThem() {
    var problem = refusal(aRun().axis("digits", 20, -5)).getFirst();

    assertThat(problem.pointer()).isEqualTo("/matrix/digits/1");
    assertThat(problem.detail()).isEqualTo("is -5; it must be an integer from 1 to 20000 (digits)");
  }

  @Test
  void aMissingAxisIsNamed() {
    assertThat(refusal(aRun().without("parallelism")))
        .extracting(FieldProblem::pointer)
        .containsExactly("/matrix/parallelism");
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    var run = aRun().axis("workload", "e").axis("model", "fibers").axis("tasks", 0, "two");

    assertThat(refusal(run.without("parallelism")))
        .extracting(FieldProblem::pointer)
        .contains(
            "/matrix/workload/0",
            "/matrix/model/0",
            "/matrix/tasks/0",
            "/matrix/tasks/1",
            "/matrix/parallelism");
  }

  @Test
  void tooManyCellsAreRefusedWithTheirNumber() {
    var run = aRun().axis("digits", numbers(1, 2_001));

    assertThat(refusal(run))
        .containsExactly(
            new FieldProblem(
                "/matrix", "expands to 2001 cells; at most 2000 are allowed, split the run", null));
  }

  @Test
  void aMatrixTooLargeForTheMemoryIsCountedNotExpanded() {
    var run =
        aRun()
            .axis("digits", numbers(1, 20_000))
            .axis("tasks", numbers(1, 50_000))
            .axis("parallelism", numbers(1, 1_024));

    assertThat(refusal(run))
        .extracting(FieldProblem::detail)
        .containsExactly("expands to 1024000000000 cells; at most 2000 are allowed, split the run");
  }

  private static Object[] numbers(int first, int last) {
    return IntStream.rangeClosed(first, last).boxed().toArray();
  }

  @SuppressWarnings("unchecked")
  private static List<CellAxes> expand(RunBody run) {
    Problems problems = new Problems();
    var exclude = (List<Map<String, Object>>) run.field("exclude", List.of());
    var cells =
        Matrix.expand(run.matrix(), exclude, CATALOG, SimulatedWorker.INTERPRETERS, problems);
    problems.refuse();
    return cells;
  }

  private static List<FieldProblem> refusal(RunBody run) {
    var refused = new ApiException[1];
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> expand(run))
        .satisfies(e -> refused[0] = e);
    return Arrays.stream(refused).flatMap(e -> e.errors().stream()).toList();
  }
}
