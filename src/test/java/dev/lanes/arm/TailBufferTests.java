package dev.lanes.arm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TailBufferTests {

  private final TailBuffer buffer = new TailBuffer();

  @Test
  void keepsAllOfALittle() {
    buffer.drain(stream("first\nlast\n"));

    assertThat(buffer.text()).isEqualTo("first\nlast\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {8_193, 16_384, 16_385, 100_000, 3_000_001})
  void keepsTheEndOfAFloodAndSaysWhatIsGone(int length) {
    String flood = "x".repeat(length - 10) + "last words";

    buffer.drain(stream(flood));

    assertThat(buffer.text().lines())
        .containsExactly(
            "[%d bytes before]".formatted(length - 8_192), flood.substring(length - 8_192));
  }

  @Test
  void keepsWhatCameBeforeTheStreamBroke() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the pipe broke");
          }
        };

    buffer.drain(new SequenceInputStream(stream("before"), broken));

    assertThat(buffer.text()).isEqualTo("before");
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
