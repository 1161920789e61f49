package dev.lanes.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityVersionTests {

  private static final EntityVersion SEVEN = new EntityVersion(7);

  @ParameterizedTest
  @ValueSource(strings = {"\"7\"", "*", " \"7\" ", "\"6\", \"7\""})
  void theVersionThatWasSeenPasses(String ifMatch) {
    assertThatCode(() -> SEVEN.require(ifMatch, "It")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"6\"", "7", "\"77\"", "W/\"7\""})
  void anotherOneIsRefusedWithBoth(String ifMatch) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> SEVEN.require(ifMatch, "It"))
        .withMessageContainingAll("\"7\"", ifMatch)
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.VERSION_STALE));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void noneIsAskedFor(String ifMatch) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> SEVEN.require(ifMatch, "It"))
        .withMessageContaining("If-Match")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.VERSION_REQUIRED));
  }
}
