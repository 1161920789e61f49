package dev.lanes.arm;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Starts the processes of arms, all in the same way.
 *
 * @param place puts a program on the processors that are measured on: a command in, a command out
 */
public record ArmStarter(
    ProcessJournal journal,
    Watchdog watchdog,
    AgentTime agentTime,
    UnaryOperator<List<String>> place) {

  /** Somewhere to start programs on. */
  public ArmStarter placed(UnaryOperator<List<String>> place) {
    return new ArmStarter(journal, watchdog, agentTime, place);
  }

  /**
   * Starts the process of an arm; it does nothing but come up.
   *
   * @param folder an empty folder for the process alone
   * @param hashSeed PYTHONHASHSEED, the same for all arms of a round
   * @param random source of the padding and the nonce
   * @throws ArmFailure if the interpreter cannot be started
   */
  public Arm start(ArmCommand command, Path folder, long hashSeed, RandomGenerator random)
      throws ArmFailure {
    byte[] bytes = new byte[8];
    random.nextBytes(bytes);
    String nonce = HexFormat.of().formatHex(bytes);
    int padding = random.nextInt(4096);
    ArmProcess process =
        ArmProcess.start(
            command,
            place.apply(command.arguments(nonce)),
            command.environment(folder, hashSeed, padding),
            folder,
            journal);
    return new Arm(command, process, nonce, watchdog, agentTime);
  }
}
