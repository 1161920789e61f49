package dev.lanes.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CpuListTests {

  @Test
  void readsTheNotationOfTheKernel() {
    assertThat(CpuList.parse("0-3,8,10-11\n").orElseThrow().numbers())
        .containsExactly(0, 1, 2, 3, 8, 10, 11);
    assertThat(CpuList.parse("0-1")).map(CpuList::toString).hasValue("0,1");
  }

  @Test
  void whatIsNoListIsEmpty() {
    for (String text : List.of("", "all", "0-", "1,,2", "-1", "0-1-2")) {
      assertThat(CpuList.parse(text)).as(text).isEmpty();
    }
  }
}
