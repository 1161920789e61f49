package dev.lanes.result;

import dev.lanes.run.CellView;
import dev.lanes.run.Runs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class EvidenceController {

  private final Runs runs;
  private final Results results;

  EvidenceController(Runs runs, Results results) {
    this.runs = runs;
    this.results = results;
  }

  /**
   * What is known of the host of the attempt that counts for a job.
   *
   * @param session placement, tuning, checks of the host, calibration; empty while the attempt is
   *     open
   */
  record JobEvidence(
      UUID job, String host, long fence, Map<String, Object> session, List<Group> groups) {

    /**
     * The rounds of a comparison group.
     *
     * @param group its number in the job
     * @param axes what its subjects have in common
     */
    record Group(
        int group,
        @Schema(ref = "#/components/schemas/Axes") Map<String, Object> axes,
        List<Round> rounds) {}

    /**
     * One round.
     *
     * @param seconds from the start of its first process to the end of its last
     * @param hashSeed PYTHONHASHSEED of all its processes
     * @param sentinels values of the sentinel kernels by name
     * @param counters of the kernel over the round by name
     * @param disturbances why it is dirty, in words; empty for a clean one
     */
    record Round(
        int round,
        double seconds,
        RoundEvidence.Layout layout,
        long hashSeed,
        Map<String, Double> sentinels,
        Map<String, Double> counters,
        List<String> disturbances) {

      static Round of(RoundEvidence evidence) {
        return new Round(
            evidence.round(),
            evidence.seconds(),
            evidence.layout(),
            evidence.hashSeed(),
            evidence.sentinels(),
            evidence.counters(),
            evidence.disturbances());
      }
    }
  }

  /** The evidence of noise of a run, by job. */
  record EvidenceList(List<JobEvidence> items, @Nullable String next) {}

  @Operation(operationId = "listEvidence", summary = "What the hosts were like during a run")
  @GetMapping("/api/v1/runs/{id}/evidence")
  EvidenceList evidence(@PathVariable UUID id) {
    runs.get(id);
    Map<UUID, Map<Integer, List<CellView>>> cells =
        runs.cells(id, -1, Integer.MAX_VALUE).stream()
            .collect(Collectors.groupingBy(CellView::job, Collectors.groupingBy(CellView::group)));
    return new EvidenceList(
        results.evidence(id).stream()
            .map(attempt -> of(attempt, cells.getOrDefault(attempt.job(), Map.of())))
            .toList(),
        null);
  }

  private static JobEvidence of(AttemptEvidence attempt, Map<Integer, List<CellView>> cells) {
    Map<Integer, List<JobEvidence.Round>> rounds =
        attempt.rounds().stream()
            .collect(
                Collectors.groupingBy(
                    RoundEvidence::group,
                    TreeMap::new,
                    Collectors.mapping(JobEvidence.Round::of, Collectors.toList())));
    return new JobEvidence(
        attempt.job(),
        attempt.host(),
        attempt.fence(),
        attempt.session(),
        rounds.entrySet().stream()
            .map(group ->
                new JobEvidence.Group(
                    group.getKey(),
                    common(cells.getOrDefault(group.getKey(), List.of())),
                    group.getValue()))
            .toList());
  }

  /** The axes in which all of the cells agree. */
  private static Map<String, Object> common(List<CellView> cells) {
    if (cells.isEmpty()) {
      return Map.of();
    }
    Map<String, Object> common = new LinkedHashMap<>(cells.getFirst().axes());
    cells.forEach(cell -> common.entrySet().retainAll(cell.axes().entrySet()));
    return common;
  }
}
