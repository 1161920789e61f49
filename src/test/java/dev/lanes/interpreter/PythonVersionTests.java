package dev.lanes.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PythonVersionTests {

  @Test
  void isOrderedAsPythonReleases() {
    var inOrder =
        Stream.of("2.7.18", "3.9.20", "3.15.0a7", "3.15.0b1", "3.15.0rc2", "3.15.0", "3.15.10")
            .map(PythonVersion::parse)
            .map(Optional::orElseThrow)
            .toList();

    assertThat(inOrder).isSorted();
  }

  @Test
  void namesItsLine() {
    assertThat(PythonVersion.parse("3.13.0+").map(PythonVersion::minorLine)).hasValue("3.13");
  }

  @Test
  void whatIsNoVersionIsNotGuessed() {
    assertThat(Stream.of("unknown", "", "3", "3.x", "3.14.3-dev").map(PythonVersion::parse))
        .allMatch(Optional::isEmpty);
  }
}
