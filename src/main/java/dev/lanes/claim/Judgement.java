package dev.lanes.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The verdict of a claim on one host and interpreter.
 *
 * @param host its name; null where no host could tell
 * @param interpreter the line that is judged; null where the host has none that the claim is about
 * @param build exact id of the interpreter that was measured; null without figures
 * @param missing what a verdict needs and does not have; none unless it is not testable
 * @param run that it rests on; null without one
 * @param measuredAt when that run ended; likewise
 * @param findings one for each condition; absent in lists, none without a run
 */
record Judgement(
    @Nullable String host,
    @Nullable String interpreter,
    @Nullable String build,
    ClaimVerdict verdict,
    List<String> missing,
    @Nullable UUID run,
    @Nullable Instant measuredAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Finding> findings) {

  /** The host and the line that a judgement is of. */
  record Place(@Nullable String host, @Nullable String interpreter) {}

  Place place() {
    return new Place(host, interpreter);
  }

  /** A verdict that nothing can be told for. */
  static Judgement without(
      @Nullable String host, @Nullable String interpreter, List<String> missing) {
    return new Judgement(
        host, interpreter, null, ClaimVerdict.NOT_TESTABLE, missing, null, null, List.of());
  }

  /** What a run says of the conditions of a claim. */
  static Judgement of(
      String host,
      String interpreter,
      @Nullable String build,
      UUID run,
      Instant measuredAt,
      List<Finding> findings) {
    List<ClaimVerdict> verdicts =
        findings.stream().map(Finding::verdict).filter(Objects::nonNull).toList();
    ClaimVerdict verdict = ClaimVerdict.of(verdicts);
    List<String> missing =
        verdict == ClaimVerdict.NOT_TESTABLE
            ? findings.stream().flatMap(Judgement::missing).distinct().toList()
            : List.of();
    return new Judgement(host, interpreter, build, verdict, missing, run, measuredAt, findings);
  }

  private static Stream<String> missing(Finding finding) {
    return finding.verdict() == ClaimVerdict.NOT_TESTABLE
        ? Stream.ofNullable(finding.reason())
        : Stream.empty();
  }

  /** The same run without a verdict, because its host lacks what every figure of it needs. */
  Judgement worthless(List<String> lacks) {
    return new Judgement(
        host, interpreter, build, ClaimVerdict.NOT_TESTABLE, lacks, run, measuredAt, List.of());
  }

  /** The same as lists have it. */
  Judgement summary() {
    return new Judgement(host, interpreter, build, verdict, missing, run, measuredAt, null);
  }
}
