package dev.lanes.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.arm.ArmCommand;
import dev.lanes.arm.ArmFailure;
import dev.lanes.arm.TestArms;
import dev.lanes.protocol.JobSpec.CellSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationsTests {

  private static final Calibration FOUND =
      new Calibration(17, 2, 14, 0.021, 0.3, 0.012, true, false);

  @TempDir private Path folder;

  @Test
  void whatWasFoundIsKnownToALaterStart() throws Exception {
    ArmCommand arm = arm(20);

    calibrations("host").update(Map.of(arm, Optional.of(FOUND)));

    assertThat(calibrations("host").of(arm)).contains(FOUND);
  }

  @Test
  void anotherHostOrAnotherArmIsAnotherMatter() throws Exception {
    calibrations("host").update(Map.of(arm(20), Optional.of(FOUND)));

    assertThat(calibrations("another").of(arm(20))).isEmpty();
    assertThat(calibrations("host").of(arm(21))).isEmpty();
    CellSpec threads = TestArms.cell("pi", TestGroups.digits(20), "threads");
    assertThat(calibrations("host").of(TestArms.commands().of(threads))).isEmpty();
  }

  @Test
  void theNumberOfACellIsNoPartOfAnArm() throws Exception {
    calibrations("host").update(Map.of(arm(20), Optional.of(FOUND)));

    assertThat(arm(20).cell().id()).isNotEqualTo(arm(20).cell().id());
    assertThat(calibrations("host").of(arm(20))).contains(FOUND);
  }

  @Test
  void whatDoesNotHoldIsForgotten() throws Exception {
    calibrations("host").update(Map.of(arm(20), Optional.of(FOUND), arm(21), Optional.of(FOUND)));

    calibrations("host").update(Map.of(arm(20), Optional.empty()));

    assertThat(calibrations("host").of(arm(20))).isEmpty();
    assertThat(calibrations("host").of(arm(21))).contains(FOUND);
  }

  @Test
  void aFileThatWasCutAnywhereLosesNoMoreThanTheCutLine() throws Exception {
    Map<ArmCommand, Optional<Calibration>> both = new HashMap<>();
    both.put(arm(20), Optional.of(FOUND));
    both.put(arm(21), Optional.of(FOUND));
    calibrations("host").update(both);
    byte[] whole = Files.readAllBytes(file());

    for (int length = 0; length < whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      Calibrations left = calibrations("host");
      long known =
          IntStream.of(20, 21)
              .filter(digits -> left.of(armOrFail(digits)).filter(FOUND::equals).isPresent())
              .count();
      long lines = new String(whole, 0, length).lines().filter(line -> line.endsWith("}}")).count();
      assertThat(known).as("cut at %d", length).isEqualTo(lines);
    }
  }

  @Test
  void aFileFullOfSomethingElseIsNoHindrance() throws Exception {
    Files.writeString(
        file(), "null\n{}\n[1]\n\u0000\n{\"arm\":\"x\",\"calibration\":{\"loops\":-1}}\n");

    calibrations("host").update(Map.of(arm(20), Optional.of(FOUND)));

    assertThat(calibrations("host").of(arm(20))).contains(FOUND);
  }

  @Test
  void theOldestGoWhenThereAreTooMany() throws Exception {
    Calibrations calibrations = calibrations("host");
    for (int hundred = 0; hundred <= 20; hundred++) {
      Map<ArmCommand, Optional<Calibration>> some = new HashMap<>();
      for (int digits = 1; digits <= 100; digits++) {
        some.put(arm(100 * hundred + digits), Optional.of(FOUND));
      }
      calibrations.update(some);
    }

    assertThat(Files.readAllLines(file())).hasSize(2_000);
    assertThat(calibrations.of(arm(1))).isEmpty();
    assertThat(calibrations.of(arm(2_100))).contains(FOUND);
  }

  private Path file() {
    return folder.resolve("calibrations");
  }

  private Calibrations calibrations(String fingerprint) {
    return new Calibrations(file(), fingerprint);
  }

  private static ArmCommand arm(int digits) throws ArmFailure {
    return TestArms.commands().of(TestArms.cell("pi", TestGroups.digits(digits), "sequential"));
  }

  private static ArmCommand armOrFail(int digits) {
    try {
      return arm(digits);
    } catch (ArmFailure e) {
      throw new AssertionError(e);
    }
  }
}
