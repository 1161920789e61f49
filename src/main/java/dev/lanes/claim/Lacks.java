package dev.lanes.claim;

import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.ModelSupport.Verdict;
import dev.lanes.host.HostView;
import dev.lanes.host.Hosts;
import dev.lanes.host.SupportView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What hosts lack for a verdict, as they are now.
 *
 * @param hosts all of them, by name
 * @param interpreters usable ones of each active host
 * @param support what probes found
 */
record Lacks(
    List<HostView> hosts, Map<String, List<Interpreter>> interpreters, List<SupportView> support) {

  static Lacks of(Hosts hosts) {
    return new Lacks(hosts.all(), hosts.interpretersByHost(), hosts.support());
  }

  /** Lines of interpreters that the host has. */
  List<String> lines(String host) {
    return builds(host).map(Interpreter::line).distinct().toList();
  }

  private Stream<Interpreter> builds(String host) {
    return interpreters.getOrDefault(host, List.of()).stream();
  }

  /** What makes every figure of the host worthless for the claim, also one that there is. */
  List<String> always(Claim claim, HostView host, String line) {
    List<String> lacks = new ArrayList<>();
    if (host.cores() < claim.needsCores()) {
      lacks.add(
          "%d processors; %s has %d".formatted(claim.needsCores(), host.name(), host.cores()));
    }
    for (Condition condition : claim.conditions()) {
      Map<String, Object> baseline = condition.baseline();
      if (baseline != null) {
        String one = Condition.line(condition.contender(), line);
        String other = Condition.line(baseline, line);
        alike(host.name(), one, other).filter(text -> !lacks.contains(text)).ifPresent(lacks::add);
      }
    }
    return lacks;
  }

  /** Whether a difference between two lines may be one of their compilers. */
  private Optional<String> alike(String host, String one, String other) {
    Optional<Interpreter> first = preferred(host, one);
    Optional<Interpreter> second = preferred(host, other);
    if (first.isEmpty() || second.isEmpty() || made(first.get()).equals(made(second.get()))) {
      return Optional.empty();
    }
    return Optional.of(
        "builds of %s and %s that were made alike; those of %s are by %s and by %s"
            .formatted(one, other, host, made(first.get()), made(second.get())));
  }

  private Optional<Interpreter> preferred(String host, String line) {
    return builds(host)
        .filter(build -> build.line().equals(line))
        .min(Comparator.comparing(Interpreter::source));
  }

  private static String made(Interpreter build) {
    return build.compiler() + (build.pgo() ? " with PGO" : "") + (build.lto() ? " with LTO" : "");
  }

  /** What the host would need before the claim can be measured there. */
  List<String> toMeasure(Claim claim, String host, String line) {
    Set<String> lacks = new LinkedHashSet<>();
    List<String> there = lines(host);
    for (Condition condition : claim.conditions()) {
      Map<String, Object> baseline = condition.baseline();
      for (Map<String, Object> selection :
          baseline == null
              ? List.of(condition.contender())
              : List.of(condition.contender(), baseline)) {
        String needed = Condition.line(selection, line);
        if (!there.contains(needed)) {
          lacks.add("an interpreter of the line %s".formatted(needed));
        } else if (selection.get("model") instanceof String model) {
          unsupported(host, needed, model).ifPresent(lacks::add);
        }
      }
    }
    return List.copyOf(lacks);
  }

  private Optional<String> unsupported(String host, String line, String model) {
    List<SupportView> found =
        support.stream()
            .filter(one -> one.host().equals(host) && one.line().equals(line))
            .filter(one -> one.model().equals(model))
            .toList();
    boolean none = found.stream().allMatch(Lacks::cannotRun);
    return found.isEmpty() || !none
        ? Optional.empty()
        : Optional.of("%s on %s: %s".formatted(model, line, found.getFirst().reason()));
  }

  private static boolean cannotRun(SupportView found) {
    return found.verdict() == Verdict.UNSUPPORTED || found.verdict() == Verdict.IMPORT_ERROR;
  }
}
