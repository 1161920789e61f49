package dev.lanes.host;

import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.ModelSupport.Verdict;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether an interpreter of a host runs an execution model.
 *
 * @param host name of the host
 * @param interpreter exact id
 * @param line of that interpreter
 * @param model id of the execution model
 * @param reason what was found instead; null when it is supported
 */
public record SupportView(
    String host,
    String interpreter,
    String line,
    String model,
    Verdict verdict,
    @Nullable String reason) {

  static Stream<SupportView> of(Host host) {
    Map<String, String> lines =
        host.facts().interpreters().stream()
            .filter(Interpreter::usable)
            .collect(Collectors.toMap(Interpreter::id, Interpreter::line, (one, _) -> one));
    return host.support().stream()
        .filter(found -> lines.containsKey(found.interpreter()))
        .map(found ->
            new SupportView(
                host.name(),
                found.interpreter(),
                lines.getOrDefault(found.interpreter(), ""),
                found.model(),
                found.verdict(),
                found.reason()))
        .sorted(Comparator.comparing(SupportView::interpreter).thenComparing(SupportView::model));
  }
}
