package dev.lanes.analysis;

import dev.lanes.analysis.Comparison.Warning;
import dev.lanes.catalog.Measure;
import dev.lanes.result.AttemptSession;
import dev.lanes.run.CellView;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What else than the pivot differs between two cells that did not share their rounds. Another host,
 * another environment of it, another way of measuring or another program is no comparison unless it
 * was asked for; another build of the interpreter is what one compares runs for, and is told.
 *
 * @param refused what was not asked for; null when the two may be compared
 * @param reason why not, in words; null likewise
 * @param anchored whether both are told by the same anchor, which takes out how fast the host was
 */
record Differences(
    @Nullable Across refused, @Nullable String reason, boolean anchored, List<Warning> warnings) {

  /** Those that the anchor has too, and that a slow moment of the host makes longer. */
  private static final Set<Measure> ANCHORED =
      EnumSet.of(
          Measure.TOTAL_SECONDS,
          Measure.FIRST_RESULT_SECONDS,
          Measure.COLD_BATCH_SECONDS,
          Measure.STEADY_SECONDS,
          Measure.THROUGHPUT_PER_SECOND,
          Measure.CPU_SECONDS);

  private record Difference(@Nullable Across across, WarningCode code, String sentence) {}

  static Differences between(
      CellView contender, CellView baseline, Material material, Question question) {
    List<Difference> found = new ArrayList<>();
    if (!contender.job().equals(baseline.job())) {
      sessions(material.session(contender), material.session(baseline), found);
    }
    programs(contender, baseline, material, found);
    Optional<Difference> refused =
        found.stream()
            .filter(one -> one.across() != null && !question.across().contains(one.across()))
            .findFirst();
    boolean anchored = anchored(contender, baseline, material, question.measure(), found);
    List<Warning> warnings = new ArrayList<>();
    warnings.add(basis(anchored, question.measure()));
    found.forEach(one -> warnings.add(new Warning(one.code(), one.sentence())));
    return new Differences(
        refused.map(Difference::across).orElse(null),
        refused.map(Difference::sentence).orElse(null),
        anchored,
        warnings);
  }

  private static void sessions(
      Optional<AttemptSession> contender,
      Optional<AttemptSession> baseline,
      List<Difference> found) {
    if (contender.isEmpty() || baseline.isEmpty()) {
      return;
    }
    AttemptSession now = contender.get();
    AttemptSession then = baseline.get();
    if (!now.host().equals(then.host())) {
      String hosts = "measured on %s, the baseline on %s".formatted(now.host(), then.host());
      found.add(new Difference(Across.HOST, WarningCode.HOSTS_DIFFER, hosts));
    } else if (now.fingerprint() == null || then.fingerprint() == null) {
      String unknown = "it is not known whether %s was the same when both were measured";
      found.add(
          new Difference(null, WarningCode.ENVIRONMENT_UNKNOWN, unknown.formatted(now.host())));
    } else if (!now.fingerprint().equals(then.fingerprint())) {
      String changed =
          "the processor, kernel or kernel start of %s changed between the two"
              .formatted(now.host());
      found.add(new Difference(Across.ENVIRONMENT, WarningCode.ENVIRONMENTS_DIFFER, changed));
    }
    if (!Objects.equals(now.protocol(), then.protocol())) {
      String protocols =
          "measured by version %s of the protocol, the baseline by %s"
              .formatted(told(now.protocol()), told(then.protocol()));
      found.add(new Difference(Across.PROTOCOL, WarningCode.PROTOCOLS_DIFFER, protocols));
    }
  }

  private static String told(@Nullable String version) {
    return version == null ? "an unknown one" : version;
  }

  private static void programs(
      CellView contender, CellView baseline, Material material, List<Difference> found) {
    if (contender.workload().equals(baseline.workload())
        && !contender.workloadSha256().equals(baseline.workloadSha256())) {
      String changed =
          "the file of %s is another one than the baseline's".formatted(contender.workload());
      found.add(new Difference(Across.WORKLOAD, WarningCode.WORKLOADS_DIFFER, changed));
    }
    String build = material.standing(contender).build();
    String other = material.standing(baseline).build();
    if (contender.interpreter().equals(baseline.interpreter()) && !Objects.equals(build, other)) {
      String builds = "measured on the build %s, the baseline on %s".formatted(build, other);
      found.add(new Difference(null, WarningCode.BUILDS_DIFFER, builds));
    }
  }

  /** Of other hosts, how much faster one of them is belongs to the answer. */
  private static boolean anchored(
      CellView contender,
      CellView baseline,
      Material material,
      Measure measure,
      List<Difference> found) {
    Optional<String> anchor = material.anchorIdentity(contender);
    return ANCHORED.contains(measure)
        && found.stream().noneMatch(one -> one.code() == WarningCode.HOSTS_DIFFER)
        && anchor.isPresent()
        && anchor.equals(material.anchorIdentity(baseline))
        && !material.shared().overAnchor(contender).isEmpty()
        && !material.shared().overAnchor(baseline).isEmpty();
  }

  private static Warning basis(boolean anchored, Measure measure) {
    if (anchored) {
      return new Warning(
          WarningCode.UNPAIRED,
          "measured in other rounds than the baseline; both are told by the anchor of their"
              + " rounds");
    }
    return measure.unit() == Measure.Unit.BYTES
        ? new Warning(WarningCode.UNPAIRED, "measured in other rounds than the baseline")
        : new Warning(
            WarningCode.UNANCHORED,
            "measured in other rounds than the baseline, and no anchor takes out how fast the host"
                + " was: equal programs are often told to differ this way");
  }
}
