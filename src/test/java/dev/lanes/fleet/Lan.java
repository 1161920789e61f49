package dev.lanes.fleet;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Hosts as network namespaces of Linux, each with a cable of its own to the servers, which are in
 * the namespace of the test. What runs in one sees no other network.
 */
final class Lan implements AutoCloseable {

  /** Of the addresses that RFC 2544 keeps for tests of networks. */
  private static final String NETWORK = "198.18.77.";

  /** An address of the link layer that nobody has. */
  private static final String NOWHERE = "02:00:00:00:00:99";

  private final int hosts;

  private Lan(int hosts) {
    this.hosts = hosts;
  }

  /** Lays the cables; where that is not permitted the test is skipped and says so. */
  static Lan of(int hosts) throws IOException, InterruptedException {
    Lan lan = new Lan(hosts);
    lan.close(); // what a killed test left
    for (int host = 0; host < hosts; host++) {
      String refused = run("netns", "add", namespace(host));
      assumeTrue(refused.isEmpty(), "network namespaces need root and iproute2: " + refused);
      lan.lay(host);
    }
    return lan;
  }

  private void lay(int host) throws IOException, InterruptedException {
    String inside = "lanes-w" + host;
    must("link", "add", cable(host), "type", "veth", "peer", inside, "netns", namespace(host));
    must("addr", "add", server(host) + "/30", "dev", cable(host));
    must("link", "set", cable(host), "up");
    must("-n", namespace(host), "addr", "add", address(host) + "/30", "dev", inside);
    must("-n", namespace(host), "link", "set", inside, "up");
    must("-n", namespace(host), "link", "set", "lo", "up");
  }

  /** The command, to be run on a host. */
  List<String> on(int host, List<String> command) {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace(host)));
    all.addAll(command);
    return all;
  }

  /** Where a host finds the servers. */
  String server(int host) {
    return NETWORK + (4 * host + 1);
  }

  private static String address(int host) {
    return NETWORK + (4 * host + 2);
  }

  /** Nothing comes or goes. */
  void cut(int host) throws IOException, InterruptedException {
    must("link", "set", cable(host), "down");
  }

  /** What {@link #cut} did is over. */
  void mend(int host) throws IOException, InterruptedException {
    must("link", "set", cable(host), "up");
  }

  /** What the host says arrives, and the answers vanish. */
  void deafen(int host) throws IOException, InterruptedException {
    must(
        "neigh",
        "replace",
        address(host),
        "lladdr",
        NOWHERE,
        "dev",
        cable(host),
        "nud",
        "permanent");
  }

  /** What {@link #deafen} did is over. */
  void undeafen(int host) throws IOException, InterruptedException {
    must("neigh", "del", address(host), "dev", cable(host));
  }

  private static String namespace(int host) {
    return "lanes-host-" + host;
  }

  private static String cable(int host) {
    return "lanes-c" + host;
  }

  private static void must(String... arguments) throws IOException, InterruptedException {
    String said = run(arguments);
    if (!said.isEmpty()) {
      throw new IOException("ip %s: %s".formatted(String.join(" ", arguments), said));
    }
  }

  /** Empty when it was done, else why not. */
  private static String run(String... arguments) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(Arrays.asList(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes()).strip();
      return process.waitFor() == 0 ? "" : said + " ";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Takes the cables away, and the namespaces with them. */
  @Override
  public void close() {
    try {
      for (int host = 0; host < hosts; host++) {
        run("link", "del", cable(host));
        run("netns", "del", namespace(host));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
