package dev.lanes;

import java.io.File;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts Lanes on a Java that can run it. Compiled for an older Java than the rest: started there,
 * it finds a newer one on this machine and starts itself again with it, or says what is missing.
 */
public final class Launcher {

  private static final int REQUIRED_FEATURE = 25;
  private static final int EX_CONFIG = 78; // of sysexits.h
  private static final String RELAUNCHED = "lanes.relaunched";

  private Launcher() {}

  public static void main(String[] arguments) throws Throwable {
    if (Runtime.version().feature() >= REQUIRED_FEATURE) {
      var main = MethodType.methodType(void.class, String[].class);
      var application = Class.forName("dev.lanes.Application");
      MethodHandles.publicLookup().findStatic(application, "main", main).invokeExact(arguments);
      return;
    }
    List<Jdk> found = Jdk.search(System.getenv(), Path.of(System.getProperty("user.home")));
    Optional<Jdk> suitable =
        found.stream().filter(jdk -> jdk.feature() >= REQUIRED_FEATURE).findFirst();
    if (suitable.isEmpty() || Boolean.getBoolean(RELAUNCHED)) {
      System.err.println(complaint(found));
      System.exit(EX_CONFIG);
    }
    // The child's exit code is ours; the hook below has nothing left to do by then.
    Runtime.getRuntime().halt(relaunch(suitable.get(), arguments));
  }

  private static int relaunch(Jdk jdk, String[] arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(jdk.java().toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-D%s=true".formatted(RELAUNCHED));
    command.addAll(mainOptions());
    command.addAll(List.of(arguments));
    var child = new ProcessBuilder(command).inheritIO().start();
    // Ending this process, by SIGTERM or SIGINT, asks the child to end and waits until it has.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              child.destroy();
              child.onExit().join();
            }));
    return child.waitFor();
  }

  private static List<String> mainOptions() {
    String classPath = System.getProperty("java.class.path");
    boolean startedByClass =
        System.getProperty("sun.java.command", "").startsWith(Launcher.class.getName());
    return startedByClass
        ? List.of("-cp", classPath, Launcher.class.getName())
        : List.of("-jar", classPath);
  }

  private static String complaint(List<Jdk> found) {
    String list =
        found.stream()
            .map(jdk -> "  %s (Java %s)".formatted(jdk.home(), jdk.version()))
            .collect(Collectors.joining(System.lineSeparator()));
    return """
    Lanes needs Java %d or newer; this is Java %s in %s.
    Found on this machine:
    %s
    Install a JDK %d, for example from https://adoptium.net, and start Lanes with it, \
    or set LANES_JAVA to its folder.\
    """
        .formatted(
            REQUIRED_FEATURE,
            Runtime.version(),
            System.getProperty("java.home"),
            list.isEmpty() ? "  none" : list,
            REQUIRED_FEATURE);
  }

  /** A Java on this machine, as its {@code release} file describes it. */
  private record Jdk(Path home, String version, int feature) {

    private static final String VERSION_KEY = "JAVA_VERSION=";

    /** Where the home is in a folder that package managers and macOS make for a Java. */
    private static final List<String> NESTED =
        List.of("", "Contents/Home", "libexec/openjdk.jdk/Contents/Home");

    /** Those named by the environment first, LANES_JAVA before all, then the usual folders. */
    static List<Jdk> search(Map<String, String> environment, Path userHome) {
      var candidates = new ArrayList<Path>();
      Optional.ofNullable(environment.get("LANES_JAVA"))
          .map(Path::of)
          .map(path -> Files.isRegularFile(path) ? path.resolve("../..").normalize() : path)
          .ifPresent(candidates::add);
      new TreeMap<>(environment)
          .forEach((name, value) -> {
            if (name.startsWith("JAVA_HOME")) {
              candidates.add(Path.of(value));
            }
          });
      Stream.of(
              Path.of("/usr/lib/jvm"),
              userHome.resolve(".sdkman/candidates/java"),
              userHome.resolve(".jdks"),
              Path.of("/opt"),
              Path.of("/opt/homebrew/opt"),
              Path.of("/Library/Java/JavaVirtualMachines"),
              userHome.resolve("Library/Java/JavaVirtualMachines"))
          .flatMap(Jdk::children)
          .forEach(candidates::add);
      return candidates.stream()
          .flatMap(candidate -> NESTED.stream().map(candidate::resolve))
          .flatMap(home -> at(home).stream())
          .distinct()
          .toList();
    }

    Path java() {
      return home.resolve("bin/java");
    }

    private static Stream<Path> children(Path folder) {
      File[] files = folder.toFile().listFiles(File::isDirectory);
      return files == null
          ? Stream.empty()
          : Stream.of(files).map(File::toPath).sorted(Comparator.naturalOrder());
    }

    private static Optional<Jdk> at(Path home) {
      if (!Files.isExecutable(home.resolve("bin/java"))) {
        return Optional.empty();
      }
      try (var lines = Files.lines(home.resolve("release"))) {
        Path realHome = home.toRealPath();
        return lines
            .filter(line -> line.startsWith(VERSION_KEY))
            .map(line -> line.substring(VERSION_KEY.length()).replace("\"", "").strip())
            .map(version -> new Jdk(realHome, version, feature(version)))
            .findFirst();
      } catch (IOException e) {
        return Optional.empty(); // a Java that does not say its version is not worth a guess
      }
    }

    private static int feature(String version) {
      String first = version.split("[.+_-]", 2)[0]; // 25.0.3, 26-ea, 1.8.0_402
      return first.matches("\\d{1,4}") ? Integer.parseInt(first) : 0;
    }
  }
}
