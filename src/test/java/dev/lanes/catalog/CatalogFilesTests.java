package dev.lanes.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogFilesTests {

  @TempDir private Path folder;

  @Test
  void readsTheBuiltInWorkloads() {
    var catalog = CatalogFiles.load(List.of());

    var pi = catalog.workload("pi").orElseThrow();
    assertThat(pi.title()).isEqualTo("Digits of pi");
    assertThat(pi.sha256()).matches("[0-9a-f]{64}");
    assertThat(pi.parameter("digits").orElseThrow())
        .isEqualTo(
            new Parameter(
                "digits",
                Parameter.Type.INTEGER,
                "digits",
                "decimal digits computed by one task",
                200L,
                1L,
                20_000L,
                List.of()));
    assertThat(catalog.workload("noop").orElseThrow().parameters()).isEmpty();
  }

  @Test
  void readsTheBuiltInModelsWithTheirVariantsTheBaselineFirst() {
    var models = CatalogFiles.load(List.of()).models();

    assertThat(models)
        .extracting(ExecutionModel::id)
        .startsWith("sequential")
        .contains("threads", "asyncio", "subinterpreters")
        .contains("processes:fork", "processes:forkserver", "processes:spawn");
    var spawn = models.stream().filter(model -> model.id().endsWith(":spawn")).findFirst();
    assertThat(spawn.orElseThrow().file()).isEqualTo("processes");
    assertThat(spawn.orElseThrow().variant()).isEqualTo("spawn");
  }

  @Test
  void readsFurtherWorkloadsFromAFolder() throws IOException {
    write(
        "mine.py",
        """
        # /// workload
        # title = "Mine"
        # summary = "Mine alone."
        # [parameters.shape]
        # type = "text"
        # description = "what it looks like"
        # default = "round"
        # choices = ["round", "square"]
        # ///
        """);

    var mine = CatalogFiles.load(List.of(folder)).workload("mine").orElseThrow();

    assertThat(mine.origin()).isEqualTo("Lanes");
    assertThat(mine.parameter("shape").orElseThrow().choices()).containsExactly("round", "square");
    assertThat(mine.parameter("shape").orElseThrow().standard()).isEqualTo("round");
  }

  @Test
  void anotherContentIsAnotherDigest() throws IOException {
    String header = "# /// workload\n# title = \"Mine\"\n# summary = \"Mine alone.\"\n# ///\n";
    write("mine.py", header);
    String before = CatalogFiles.load(List.of(folder)).workload("mine").orElseThrow().sha256();

    write("mine.py", header + "\n");

    var after = CatalogFiles.load(List.of(folder)).workload("mine").orElseThrow();
    assertThat(after.sha256()).isNotEqualTo(before);
  }

  @Test
  void aFileWithoutADescriptionIsNamed() throws IOException {
    write("mine.py", "print('hello')\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> CatalogFiles.load(List.of(folder)))
        .withMessageContaining("mine.py has no block \"# /// workload\"");
  }

  @Test
  void aFileWhoseDescriptionIsNotTomlIsNamed() throws IOException {
    write("mine.py", "# /// workload\n# title = Mine\n# ///\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> CatalogFiles.load(List.of(folder)))
        .withMessageContaining("mine.py: the block \"# /// workload\" is not TOML: ");
  }

  @Test
  void aFileWhoseDescriptionIsIncompleteIsNamed() throws IOException {
    write("mine.py", "# /// workload\n# title = \"Mine\"\n# ///\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> CatalogFiles.load(List.of(folder)))
        .withMessage("mine.py: its description lacks \"summary\"");
  }

  @Test
  void aParameterThatIsNotDescribedIsNamedWithItsFile() throws IOException {
    String header = "# /// workload\n# title = \"Mine\"\n# summary = \"Mine.\"\n";
    write("mine.py", header + "# [parameters.size]\n# type = \"integer\"\n# default = 1\n# ///\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> CatalogFiles.load(List.of(folder)))
        .withMessage("mine.py: parameter size: its description lacks \"description\"");
  }

  @Test
  void anIdHasHyphensWhereTheFileHasUnderscores() throws IOException {
    write("my_own.py", "# /// workload\n# title = \"Mine\"\n# summary = \"Mine.\"\n# ///\n");

    var catalog = CatalogFiles.load(List.of(folder));

    assertThat(catalog.workload("my-own")).isPresent();
  }

  @Test
  void aFolderThatIsMissingIsNamed() {
    Path missing = folder.resolve("missing");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> CatalogFiles.load(List.of(missing)))
        .withMessageContaining(missing + " does not exist; create it");
  }

  @Test
  void aWorkloadDoesNotHideAnotherOfItsName() throws IOException {
    write("pi.py", "# /// workload\n# title = \"Mine\"\n# summary = \"Mine.\"\n# ///\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> CatalogFiles.load(List.of(folder)))
        .withMessage("two workloads have the name \"pi\"; rename the file of one");
  }

  @Test
  void aFileOfThePackageItselfIsNoWorkload() throws IOException {
    write("__init__.py", "");

    assertThat(CatalogFiles.load(List.of(folder)).workload("__init__")).isEmpty();
  }

  private void write(String name, String source) throws IOException {
    Files.writeString(folder.resolve(name), source);
  }
}
