package dev.lanes.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.springframework.web.client.ResourceAccessException;

class InTurnTests {

  private static final ResourceAccessException UNHEARD =
      new ResourceAccessException("refused", new ConnectException("refused"));
  private static final ResourceAccessException UNANSWERED =
      new ResourceAccessException("reset", new IOException("reset"));

  private final List<String> called = new ArrayList<>();

  private interface Call {
    String make();
  }

  private Call servers(RuntimeException ofTheFirst, Predicate<Throwable> passed) {
    Call first =
        () -> {
          called.add("first");
          throw ofTheFirst;
        };
    Call second =
        () -> {
          called.add("second");
          return "answer";
        };
    return InTurn.of(Call.class, List.of(first, second), passed);
  }

  @Test
  void aCallThatMayBeRepeatedGoesToTheNextServer() {
    Call call = servers(UNANSWERED, InTurn::isSilent);

    assertThat(call.make()).isEqualTo("answer");
    assertThat(call.make()).isEqualTo("answer");
    assertThat(called).containsExactly("first", "second", "second");
  }

  @Test
  void aCallThatMustNotBeRepeatedGoesOnWhereNobodyHeardIt() {
    assertThat(servers(UNHEARD, InTurn::isUnheard).make()).isEqualTo("answer");
  }

  @Test
  void aCallThatMustNotBeRepeatedEndsWhereSomebodyMayHaveHeardIt() {
    Call call = servers(UNANSWERED, InTurn::isUnheard);

    assertThatExceptionOfType(ResourceAccessException.class).isThrownBy(call::make);
    assertThat(called).containsExactly("first");
  }
}
