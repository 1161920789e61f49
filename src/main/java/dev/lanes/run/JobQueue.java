package dev.lanes.run;

import dev.lanes.run.QueueRows.Place;
import dev.lanes.run.QueueRows.Row;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What waits for hosts, in the order in which it is expected to begin, and why. */
@Service
@Transactional(readOnly = true)
class JobQueue {

  private final QueueRows rows;
  private final Clock clock;

  JobQueue(QueueRows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** All waiting jobs by position, those of one position by profile. */
  List<WaitingJob> waiting() {
    List<Row> waiting = rows.waiting();
    if (waiting.isEmpty()) {
      return List.of();
    }
    double now = clock.millis() / 1000.0;
    Map<String, QueueOrder.Use> uses = rows.uses();
    Map<String, List<Place>> places =
        rows.places().stream().collect(Collectors.groupingBy(Place::profile));
    Map<String, List<Row>> byProfile =
        waiting.stream()
            .collect(Collectors.groupingBy(Row::profile, TreeMap::new, Collectors.toList()));
    List<WaitingJob> jobs = new ArrayList<>(waiting.size());
    byProfile.forEach((profile, its) -> {
      List<Place> hosts = places.getOrDefault(profile, List.of());
      List<UUID> order =
          QueueOrder.of(
              its.stream()
                  .map(row -> new QueueOrder.Job(row.job(), row.owner(), row.urgency()))
                  .toList(),
              uses,
              now);
      Map<UUID, Row> byId = new HashMap<>();
      its.forEach(row -> byId.put(row.job(), row));
      for (int i = 0; i < order.size(); i++) {
        Row row = byId.get(order.get(i));
        jobs.add(
            new WaitingJob(
                row.job(),
                row.run(),
                row.runName(),
                row.owner(),
                profile,
                row.priority(),
                i + 1,
                row.waitingSince(),
                reason(row, hosts)));
      }
    });
    jobs.sort(Comparator.comparingInt(WaitingJob::position).thenComparing(WaitingJob::profile));
    return jobs;
  }

  private static String reason(Row row, List<Place> all) {
    List<Place> hosts =
        all.stream()
            .filter(place -> row.onlyHost() == null || row.onlyHost().equals(place.host()))
            .toList();
    if (row.pauseSeconds() > 0) {
      return "is tried again in %.0f s, after %s".formatted(row.pauseSeconds(), row.reason());
    }
    if (hosts.isEmpty()) {
      return "no active host fulfils the profile \"%s\"".formatted(row.profile());
    }
    List<Place> online = hosts.stream().filter(Place::online).toList();
    if (online.isEmpty()) {
      return "no worker is online of %s; start one"
          .formatted(hosts.stream().map(Place::host).collect(Collectors.joining(", ")));
    }
    List<String> busy =
        online.stream()
            .filter(place -> place.run() != null)
            .map(place -> "%s measures \"%s\"".formatted(place.host(), place.run()))
            .toList();
    return busy.size() < online.size()
        ? "a worker takes it within seconds"
        : String.join(", ", busy);
  }
}
