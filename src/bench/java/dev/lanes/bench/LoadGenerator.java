package dev.lanes.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * h2load of nghttp2, a load generator in C++ that logs each request.
 *
 * @param program name or path
 * @param version as it tells it
 */
record LoadGenerator(String program, String version) {

  /** The first that sends at a rate is 1.43. */
  private static final String NEEDED_OPTION = "--rps";

  /** It cannot be had here; the message says why, and where from. */
  static final class Unavailable extends Exception {
    private static final long serialVersionUID = 1;

    Unavailable(String program, String reason) {
      super(
          "%s %s; h2load is in the package nghttp2-client of Debian and Ubuntu and in nghttp2 of"
                  .formatted(program, reason)
              + " Homebrew, and --generator PATH names another one");
    }
  }

  /** Asks the program what it is. */
  static LoadGenerator find(String program) throws InterruptedException, Unavailable {
    if (!output(program, "--help").contains(NEEDED_OPTION)) {
      throw new Unavailable(program, "has no option " + NEEDED_OPTION);
    }
    return new LoadGenerator(program, output(program, "--version").strip());
  }

  private static String output(String program, String option)
      throws InterruptedException, Unavailable {
    try {
      Process process =
          new ProcessBuilder(List.of(program, option)).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return output;
    } catch (IOException e) {
      throw new Unavailable(program, "does not start");
    }
  }
}
