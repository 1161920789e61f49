package dev.lanes.machine;

import java.nio.file.Path;

/** Tunes a folder and then waits to be killed, as a program of its own. */
final class TunedProcess {

  private TunedProcess() {}

  public static void main(String[] arguments) throws Exception {
    HostTuning.apply(Path.of(arguments[0]), Path.of(arguments[1]));
    IO.println("tuned");
    // Until it is killed, or the test that reads from it ends.
    int _ = System.in.read();
  }
}
