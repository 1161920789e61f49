package dev.lanes.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.Interpreter.Gil;
import dev.lanes.catalog.Interpreter.Jit;
import dev.lanes.catalog.Interpreter.Source;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostInterpretersTests {

  private final Interpreter old = interpreter("3.14.0rc2", "a", Source.CONFIGURED, null);
  private final Interpreter bundled = interpreter("3.14.3", "b", Source.BUNDLED, null);
  private final Interpreter pyenv = interpreter("3.14.3", "c", Source.PYENV, null);
  private final Interpreter broken = interpreter("3.14.9", "d", Source.UV, "a debug build");
  private final Interpreter other = interpreter("3.13.12", "e", Source.UV, null);
  private final HostInterpreters host =
      new HostInterpreters(List.of(old, broken, other, bundled, pyenv), Map.of(), List.of());

  @Test
  void anExactIdIsThatBuild() {
    assertThat(host.resolve("cpython-3.14.0rc2-a")).hasValue(old);
  }

  @Test
  void aLineIsItsHighestUsableVersionFromThePreferredSource() {
    assertThat(host.resolve("cpython-3.14")).hasValue(pyenv);
    assertThat(host.resolve("cpython-3.13")).hasValue(other);
  }

  @Test
  void whatIsUnknownOrUnusableIsNobody() {
    assertThat(host.resolve("cpython-3.15")).isEmpty();
    assertThat(host.resolve("cpython-3.14t")).isEmpty();
    assertThat(host.resolve("cpython-3.14.9-d")).isEmpty();
  }

  private static Interpreter interpreter(
      String version, String digest, Source source, String reason) {
    return new Interpreter(
        "cpython-%s-%s".formatted(version, digest),
        "cpython-" + version.substring(0, 4),
        version,
        "cpython",
        Gil.ALWAYS,
        Jit.UNAVAILABLE,
        false,
        false,
        "GCC 15",
        digest.repeat(64),
        "/usr/bin/python-" + digest,
        source,
        reason == null,
        reason);
  }
}
