package dev.lanes.interpreter;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The one interpreter that every machine has: the bundled one, unpacked once for all tests. */
final class TestPython {

  private static final Path INTERPRETERS = Path.of("target", "test-interpreters");

  private TestPython() {}

  static synchronized Path bundled() throws InterruptedException {
    return switch (packed().unpack(INTERPRETERS.toAbsolutePath())) {
      case BundledPython.Ready ready -> ready.executable();
      case BundledPython.Absent absent -> throw new AssertionError(absent.reason());
    };
  }

  static BundledPython packed() {
    String platform =
        BundledPython.platform(System.getProperty("os.name"), System.getProperty("os.arch"));
    return new BundledPython(TestPython.class.getClassLoader(), platform);
  }

  /** What the bundled interpreter prints for a program. */
  static ShortProcess.Ended run(Path python, String program) throws Exception {
    return ShortProcess.run(
        List.of(python.toString(), "-I", "-c", program), Duration.ofSeconds(30));
  }
}
