package dev.lanes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the launcher with an old Java, in front of a small program in the application's place. */
class LauncherTests {

  private static final String PROBE =
      """
      package dev.lanes;

      public class Application {
        public static void main(String[] arguments) throws Exception {
          var vm = java.lang.management.ManagementFactory.getRuntimeMXBean();
          System.out.println("java " + Runtime.version().feature());
          System.out.println("arguments " + String.join("|", arguments));
          System.out.println("options " + vm.getInputArguments());
          if (arguments.length > 0 && arguments[0].startsWith("exit")) {
            System.exit(Integer.parseInt(arguments[0].substring(4)));
          }
          Runtime.getRuntime()
              .addShutdownHook(new Thread(() -> System.out.println("ended cleanly")));
          System.out.println("ready");
          Thread.currentThread().join();
        }
      }
      """;

  @TempDir static Path probe;
  private Process launcher;

  @BeforeAll
  static void compileProbe() throws IOException {
    Path source = Files.writeString(probe.resolve("Application.java"), PROBE);
    var compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(compiler.run(null, null, null, "-d", probe.toString(), source.toString())).isZero();
  }

  @AfterEach
  void end() {
    if (launcher != null) {
      launcher.descendants().forEach(ProcessHandle::destroyForcibly);
      launcher.destroyForcibly();
    }
  }

  @Test
  void anOldJavaFindsANewerOneAndPassesAllOn() throws Exception {
    launcher = start(oldJava(), List.of("-Dsome.option=a b", "-Xmx64m"), "exit7", "two words");

    var output = launcher.inputReader().readAllLines();
    assertThat(output).contains("arguments exit7|two words");
    assertThat(Integer.parseInt(line(output, "java "))).isGreaterThanOrEqualTo(25);
    assertThat(line(output, "options "))
        .contains("-Dsome.option=a b", "-Xmx64m", "--enable-native-access=ALL-UNNAMED");
    assertThat(launcher.waitFor()).isEqualTo(7);
  }

  @Test
  void aTerminationReachesTheApplicationAndIsWaitedFor() throws Exception {
    launcher = start(oldJava(), List.of(), "stay");
    var output = launcher.inputReader();
    awaitReady(output);
    var application = launcher.children().findFirst().orElseThrow();

    launcher.toHandle().destroy(); // unlike the process, it leaves the streams open

    assertThat(output.readAllLines()).contains("ended cleanly");
    assertThat(launcher.waitFor(20, SECONDS)).isTrue();
    assertThat(launcher.exitValue()).isEqualTo(143);
    assertThat(application.isAlive()).isFalse();
  }

  @Test
  void withoutANewerJavaItSaysWhatThereIsAndWhatToDo() throws Exception {
    launcher = start(oldJava(), List.of("-Dlanes.relaunched=true"), "exit0");

    var output = String.join("\n", launcher.inputReader().readAllLines());
    assertThat(output)
        .startsWith("Lanes needs Java 25 or newer; this is Java 17")
        .contains("Found on this machine:", "(Java 17", "Install a JDK 25", "LANES_JAVA");
    assertThat(launcher.waitFor()).isEqualTo(78);
  }

  @Test
  void aNewJavaRunsTheApplicationInTheSameProcess() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin/java");
    launcher = start(java, List.of(), "exit3");

    assertThat(launcher.inputReader().readAllLines()).contains("arguments exit3");
    assertThat(launcher.waitFor()).isEqualTo(3);
  }

  private static Process start(Path java, List<String> options, String... arguments)
      throws Exception {
    Path classes =
        Path.of(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    var command = new ArrayList<String>();
    command.add(java.toString());
    command.addAll(options);
    command.addAll(List.of("-cp", probe + File.pathSeparator + classes, "dev.lanes.Launcher"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static void awaitReady(BufferedReader output) throws IOException {
    String line = output.readLine();
    while (line != null && !line.equals("ready")) {
      line = output.readLine();
    }
    assertThat(line).isEqualTo("ready");
  }

  private static String line(List<String> output, String key) {
    return output.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()))
        .findFirst()
        .orElseThrow();
  }

  private static Path oldJava() throws IOException {
    try (var homes = Files.newDirectoryStream(Path.of("/usr/lib/jvm"), "*17*")) {
      for (Path home : homes) {
        if (Files.isExecutable(home.resolve("bin/java"))) {
          return home.resolve("bin/java");
        }
      }
    } catch (NoSuchFileException e) {
      // A system that keeps its Java elsewhere: skipped below.
    }
    assumeTrue(false, "no Java 17 below /usr/lib/jvm to start the launcher with");
    throw new AssertionError("unreachable");
  }
}
