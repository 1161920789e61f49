package dev.lanes.host;

import dev.lanes.catalog.ModelSupport;
import dev.lanes.catalog.ModelSupport.Verdict;
import jakarta.persistence.Embeddable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a probe found about an execution model on an interpreter of a host. */
@Embeddable
record FoundSupport(String verdict, @Nullable String reason) {

  /** Which model on which interpreter. */
  @Embeddable
  record Of(String interpreter, String model) {}

  static Of of(ModelSupport found) {
    return new Of(found.interpreter(), found.model());
  }

  static FoundSupport value(ModelSupport found) {
    return new FoundSupport(found.verdict().name().toLowerCase(Locale.ROOT), found.reason());
  }

  ModelSupport told(Of of) {
    return new ModelSupport(
        of.interpreter(), of.model(), Verdict.valueOf(verdict.toUpperCase(Locale.ROOT)), reason);
  }
}
