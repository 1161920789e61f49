package dev.lanes.run;

import dev.lanes.host.Hosts;
import dev.lanes.web.Cursor;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class QueueController {

  private final JobQueue queue;
  private final QueueRows rows;
  private final Hosts hosts;

  QueueController(JobQueue queue, QueueRows rows, Hosts hosts) {
    this.queue = queue;
    this.rows = rows;
    this.hosts = hosts;
  }

  /**
   * The first of the waiting jobs.
   *
   * @param total how many wait
   */
  record WaitingJobs(List<WaitingJob> items, int total, @Nullable String next) {}

  record LiveHosts(List<LiveView> items, @Nullable String next) {}

  @Operation(
      operationId = "listQueue",
      summary = "Jobs that wait, in the order in which they should begin, and why they wait")
  @GetMapping("/queue")
  WaitingJobs queue(@RequestParam(defaultValue = "200") int limit) {
    List<WaitingJob> waiting = queue.waiting();
    int most = Math.min(Cursor.limit(limit), waiting.size());
    return new WaitingJobs(waiting.subList(0, most), waiting.size(), null);
  }

  @Operation(operationId = "listLive", summary = "What every host measures at the moment")
  @GetMapping("/live")
  LiveHosts live() {
    Map<String, LiveView.Measuring> measuring = rows.measuring();
    return new LiveHosts(
        hosts.all().stream()
            .map(host ->
                new LiveView(
                    host.name(),
                    host.state(),
                    host.online(),
                    host.lastSeenAt(),
                    measuring.get(host.name())))
            .toList(),
        null);
  }
}
