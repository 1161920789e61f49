package dev.lanes.interpreter;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytecode made before anything is timed. It is marked as valid without a look at its source: the
 * folders it lies in are replaced as a whole, never edited.
 */
final class Bytecode {

  private static final Duration LIMIT = Duration.ofMinutes(3);

  private Bytecode() {}

  /** Compiles every Python file below a folder, with further options of {@code compileall}. */
  static ShortProcess.Ended compile(Path python, Path folder, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(python.toString(), "-I", "-S", "-m", "compileall", "-q"));
    command.addAll(List.of("--invalidation-mode", "unchecked-hash"));
    command.addAll(List.of(options));
    command.add(folder.toString());
    return ShortProcess.run(command, LIMIT);
  }
}
