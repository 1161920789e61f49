package dev.lanes.arm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an arm gets of a worker whose environment would change what is measured. */
class InheritedEnvironmentTests {

  private static final List<String> LIBRARIES = List.of("OMP", "OPENBLAS", "MKL");

  @TempDir static Path folder;
  private static JsonNode report;

  @BeforeAll
  static void startAnArmFromAPoisonedEnvironment() throws Exception {
    Path modules = Files.createDirectories(folder.resolve("modules"));
    Files.writeString(modules.resolve("sitecustomize.py"), "raise SystemExit('inherited')\n");
    ProcessBuilder worker =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            TellingArm.class.getName(),
            folder.resolve("arm").toString());
    worker
        .environment()
        .putAll(
            Map.of(
                "PYTHONPATH", modules.toString(),
                "PYTHONHASHSEED", "0",
                "PYTHON_GIL", "1",
                "PYTHONOPTIMIZE", "2",
                "PYTHONMALLOC", "debug",
                "PYTHONDONTWRITEBYTECODE", "1",
                "PYTHONPYCACHEPREFIX", folder.resolve("elsewhere").toString(),
                "LANES_POSTGRES_PASSWORD", "secret"));
    LIBRARIES.forEach(library -> worker.environment().put(library + "_NUM_THREADS", "64"));
    Path log = folder.resolve("worker.log");
    int status = worker.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
    assertThat(status).as(Files.readString(log)).isZero();
    report = JsonMapper.shared().readTree(Files.readString(folder.resolve("arm/report.json")));
  }

  @Test
  void nothingOfItReachesAnArm() {
    JsonNode environment = report.path("environment");

    assertThat(environment.propertyNames())
        .containsExactlyInAnyOrder(
            "PATH",
            "HOME",
            "TMPDIR",
            "LC_ALL",
            "TZ",
            "PYTHONHASHSEED",
            "LANES_PADDING",
            "OMP_NUM_THREADS",
            "OPENBLAS_NUM_THREADS",
            "MKL_NUM_THREADS");
    assertThat(environment.path("PYTHONHASHSEED").asString()).isEqualTo("1");
    assertThat(report.path("optimize").asInt()).isZero();
    assertThat(report.path("path").toString()).doesNotContain(folder.resolve("modules").toString());
  }

  @Test
  void librariesThatThreadByThemselvesGetOneThread() {
    assertThat(LIBRARIES)
        .allSatisfy(library ->
            assertThat(report.path("environment").path(library + "_NUM_THREADS").asString())
                .isEqualTo("1"));
  }

  @Test
  void everyModuleWasCompiledBeforeTheArmStarted() {
    assertThat(report.path("compiled").toString()).contains("lanes.arm", "json.encoder");
    assertThat(report.path("not_compiled").toString()).isEqualTo("[]");
    assertThat(report.path("writes_bytecode").asBoolean()).isTrue();
    assertThat(report.path("prefix").isNull()).isTrue();
    assertThat(folder.resolve("elsewhere")).doesNotExist();
  }
}
