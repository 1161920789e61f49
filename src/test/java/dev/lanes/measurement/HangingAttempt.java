package dev.lanes.measurement;

import dev.lanes.arm.Guard;
import dev.lanes.arm.TestArms;
import dev.lanes.protocol.JobSpec.CellSpec;
import java.nio.file.Path;
import java.util.Map;

/** A worker with an arm that hangs in its first batch, to be killed from outside. */
public final class HangingAttempt {

  private HangingAttempt() {}

  /** Takes the folder and the execution model; does not end by itself. */
  public static void main(String[] arguments) throws Exception {
    CellSpec cell = TestArms.cell("hangs", Map.of(), arguments[1]);
    Path folder = Path.of(arguments[0]);
    TestGroups groups = new TestGroups(folder);
    Guard guard = Guard.start(groups.tools().starter().journal().file());
    System.out.println(guard.pid());
    groups.measure(1, cell);
    guard.close();
  }
}
