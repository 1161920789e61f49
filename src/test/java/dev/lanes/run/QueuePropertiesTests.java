package dev.lanes.run;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QueuePropertiesTests {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void looksThatWouldAllPassForOutagesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(SECOND.multipliedBy(90), SECOND.multipliedBy(30)))
        .withMessageContaining("lanes.queue.gap is PT20S and lanes.queue.look PT30S");
  }

  @Test
  void noTimeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(Duration.ZERO, SECOND))
        .withMessageContaining("lanes.queue.lease is PT0S");
  }

  private static QueueProperties of(Duration lease, Duration look) {
    return new QueueProperties(lease, SECOND, look, SECOND.multipliedBy(20), SECOND);
  }
}
