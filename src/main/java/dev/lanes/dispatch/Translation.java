package dev.lanes.dispatch;

import dev.lanes.catalog.Measure;
import dev.lanes.catalog.ModelSupport;
import dev.lanes.host.HostFacts;
import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.HostReport;
import dev.lanes.protocol.JobSpec;
import dev.lanes.protocol.JobSpec.CellSpec;
import dev.lanes.protocol.JobSpec.Group;
import dev.lanes.protocol.Precision;
import dev.lanes.result.CellEnding;
import dev.lanes.result.RoundEvidence;
import dev.lanes.result.RoundSamples;
import dev.lanes.run.CellView;
import dev.lanes.run.LeasedJob;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Between the words of the protocol and those of the server's modules. */
final class Translation {

  private Translation() {}

  static HostFacts facts(HostReport report) {
    return new HostFacts(
        report.cores(),
        report.memoryBytes(),
        report.architecture(),
        report.facts(),
        report.labels(),
        report.interpreters());
  }

  static ModelSupport support(ModelSupport sent) {
    return new ModelSupport(sent.interpreter(), sent.model(), sent.verdict(), text(sent.reason()));
  }

  static JobSpec job(LeasedJob job) {
    Map<Integer, List<CellView>> groups =
        job.cells().stream()
            .collect(Collectors.groupingBy(CellView::group, TreeMap::new, Collectors.toList()));
    var precision = job.precision();
    return new JobSpec(
        job.job(),
        job.run(),
        job.runName(),
        job.seed(),
        new Precision(
            precision.relativeHalfWidth(),
            precision.minRounds(),
            precision.maxRounds(),
            precision.timeBudgetS(),
            precision.measures()),
        job.cores(),
        groups.entrySet().stream()
            .map(group ->
                new Group(
                    group.getKey(), group.getValue().stream().map(Translation::cell).toList()))
            .toList());
  }

  private static CellSpec cell(CellView cell) {
    return new CellSpec(
        cell.id(),
        cell.role(),
        cell.workload(),
        cell.workloadSha256(),
        cell.parameters(),
        cell.tasks(),
        cell.parallelism(),
        cell.model(),
        cell.interpreter());
  }

  /**
   * Samples as they are stored.
   *
   * @throws IllegalArgumentException if there is no such measure, or a value cannot be one
   */
  static RoundSamples samples(Chunk.RoundSamples sent) {
    Measure measure =
        Measure.of(sent.measure())
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "there is no measure \"%s\"".formatted(sent.measure())));
    double @Nullable [] values = sent.values();
    if (values == null) {
      throw new IllegalArgumentException(
          "round %d of cell %s has no values".formatted(sent.round(), sent.cell()));
    }
    return new RoundSamples(sent.cell(), measure, sent.round(), sent.warmups(), values);
  }

  static CellEnding ending(Chunk.CellEnding sent) {
    return new CellEnding(
        sent.cell(),
        sent.outcome(),
        text(sent.reason()),
        sent.evidence(),
        text(sent.build()),
        sent.rounds(),
        sent.loops(),
        sent.turns(),
        sent.warmups(),
        text(sent.imprecise()),
        sent.quality(),
        texts(sent.qualityReasons()),
        sent.environment());
  }

  static RoundEvidence round(Chunk.RoundEvidence sent) {
    return new RoundEvidence(
        sent.group(),
        sent.round(),
        sent.seconds(),
        sent.hashSeed(),
        RoundEvidence.Layout.valueOf(sent.layout().name()),
        sent.sentinels(),
        sent.counters(),
        texts(sent.disturbances()));
  }

  private static List<String> texts(List<String> sent) {
    return sent.stream().map(text -> text.replace('\0', '\ufffd')).toList();
  }

  /** The text without the character that PostgreSQL keeps in none: a workload may print it. */
  static @Nullable String text(@Nullable String sent) {
    return sent == null ? null : sent.replace('\0', '\ufffd');
  }
}
