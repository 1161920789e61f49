package dev.lanes.host;

import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.Interpreter.Gil;
import dev.lanes.catalog.Interpreter.Jit;
import dev.lanes.catalog.Interpreter.Source;
import jakarta.persistence.Embeddable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Row of an interpreter on its host. */
@Embeddable
record FoundInterpreter(
    String id,
    String line,
    String version,
    String implementation,
    String gil,
    String jit,
    boolean pgo,
    boolean lto,
    String compiler,
    String sha256,
    String executable,
    String source,
    boolean usable,
    @Nullable String reason) {

  static FoundInterpreter of(Interpreter found) {
    return new FoundInterpreter(
        found.id(),
        found.line(),
        found.version(),
        found.implementation(),
        lower(found.gil()),
        lower(found.jit()),
        found.pgo(),
        found.lto(),
        found.compiler(),
        found.sha256(),
        found.executable(),
        lower(found.source()),
        found.usable(),
        found.reason());
  }

  Interpreter value() {
    return new Interpreter(
        id,
        line,
        version,
        implementation,
        Gil.valueOf(gil.toUpperCase(Locale.ROOT)),
        Jit.valueOf(jit.toUpperCase(Locale.ROOT)),
        pgo,
        lto,
        compiler,
        sha256,
        executable,
        Source.valueOf(source.toUpperCase(Locale.ROOT)),
        usable,
        reason);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
