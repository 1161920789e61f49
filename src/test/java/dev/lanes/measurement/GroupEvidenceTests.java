package dev.lanes.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.arm.TestArms;
import dev.lanes.protocol.Chunk.RoundEvidence;
import dev.lanes.protocol.JobSpec.Group;
import dev.lanes.statistics.StopRule.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GroupEvidenceTests {

  private final CellGroup group =
      CellGroup.of(
          new Group(0, List.of(TestArms.cell("pi", TestGroups.digits(20), "sequential"))),
          TestArms.commands());
  private final GroupEvidence evidence = new GroupEvidence(group, Site.anywhere());

  @Test
  void stopsWhereHalfOfTheRoundsWereClean() {
    rounds(5, 5);

    assertThat(evidence.wantsMoreRounds(Reason.PRECISE, 60)).isFalse();
  }

  @Test
  void goesOnOnceWhereMostRoundsWereDirty() {
    rounds(3, 8);
    assertThat(evidence.wantsMoreRounds(Reason.PRECISE, 60)).isTrue();

    rounds(0, 5);
    assertThat(evidence.wantsMoreRounds(Reason.PRECISE, 60)).isFalse();
  }

  @Test
  void isContentWhenTheRoundsBecomeClean() {
    rounds(2, 9);
    assertThat(evidence.wantsMoreRounds(Reason.PRECISE, 60)).isTrue();

    rounds(7, 0);
    assertThat(evidence.wantsMoreRounds(Reason.PRECISE, 60)).isFalse();
  }

  @Test
  void neverAsksForMoreRoundsThanAllowed() {
    rounds(0, 12);

    assertThat(evidence.wantsMoreRounds(Reason.PRECISE, 12)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(value = Reason.class, names = "PRECISE", mode = EnumSource.Mode.EXCLUDE)
  void neverGoesOnAgainstALimit(Reason reason) {
    rounds(0, 12);

    assertThat(evidence.wantsMoreRounds(reason, 60)).isFalse();
  }

  @Test
  void aCellWithoutRoundsHasNoQuality() {
    assertThat(evidence.assess(group.cells().getFirst(), List.of(), null)).isNull();
  }

  private int number;

  private void rounds(int clean, int dirty) {
    for (int i = 0; i < clean + dirty; i++) {
      List<String> disturbances = i < clean ? List.of() : List.of("somebody was there");
      evidence.roundDone(
          new RoundEvidence(
              0, number++, 1, 1, RoundEvidence.Layout.TURNS, Map.of(), Map.of(), disturbances));
    }
  }
}
