package dev.lanes.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The commands of {@code lanes}. Exit codes: 0 when all is well, 1 when what was asked about is not
 * (a regression, a run that did not complete), 2 when nothing can be said, because the call was
 * wrong or the server did not answer.
 */
@Command(
    name = "lanes",
    description = "Queue runs on a Lanes server, follow and compare them, and take figures away.",
    subcommands = {Submit.class, Watch.class, Compare.class, Export.class},
    synopsisSubcommandLabel = "COMMAND")
public final class Commands {

  static final int WELL = 0;
  static final int NOT_WELL = 1;
  static final int NOT_KNOWN = 2;

  private static final String HELP = "--help";

  @Option(
      names = {"-h", HELP},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this.")
  private boolean help;

  private Commands() {}

  /** Whether these arguments are a command, and not options of a server or a worker. */
  public static boolean isOne(String[] arguments) {
    return arguments.length > 0 && (!arguments[0].startsWith("-") || arguments[0].equals(HELP));
  }

  /**
   * Runs a command on the process' own streams.
   *
   * @return the exit code
   */
  public static int run(String[] arguments) {
    // Findings have signs that are not ASCII, whatever the terminal's language is set to.
    var out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
    var err = new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
    return run(out, err, arguments);
  }

  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    int code =
        new CommandLine(new Commands())
            .setOut(out)
            .setErr(err)
            .setExecutionExceptionHandler((e, _, _) -> {
              err.println("lanes: " + (e instanceof CallFailed ? e.getMessage() : e));
              return NOT_KNOWN;
            })
            .execute(arguments);
    out.flush();
    err.flush();
    return code;
  }
}
