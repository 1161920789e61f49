package dev.lanes.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanes.arm.TestArms;
import dev.lanes.catalog.Interpreter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagesTests {

  @TempDir private Path folder;

  @Test
  void aPackageIsInstalledOnceAndCanBeImported() throws Exception {
    Interpreter python = TestArms.bundled();
    PackageFolder found = packages(python).of(python, List.of("numpy"));
    assumeTrue(found.folder() != null, "no package index: " + found.reason());

    var imported =
        ShortProcess.run(
            List.of(
                python.executable(),
                "-c",
                "import sys; sys.path.append(r'%s'); import numpy; print(numpy.ones(3).sum())"
                    .formatted(found.folder())),
            Duration.ofSeconds(60));

    assertThat(imported.output().strip()).isEqualTo("3.0");
    assertThat(packages(python).of(python, List.of("numpy"))).isEqualTo(found);
  }

  @Test
  void aPackageThatNoIndexHasIsAReason() {
    Interpreter python = TestArms.bundled();

    PackageFolder found = packages(python).of(python, List.of("lanes-has-no-such-package"));

    assertThat(found.folder()).isNull();
    assertThat(found.reason()).contains("pip could not install it");
    assertThat(folder.toFile().list()).containsExactly(".lock");
  }

  private Packages packages(Interpreter python) {
    return new Packages(folder, new HostInterpreters(List.of(python), Map.of(), List.of()));
  }
}
