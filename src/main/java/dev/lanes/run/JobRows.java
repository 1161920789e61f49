package dev.lanes.run;

import dev.lanes.run.RunView.JobView;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads how far the jobs of a run are, with the attempt and the host they are on. */
@Component
class JobRows {

  private final JdbcClient jdbc;

  JobRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A job with the progress that its open attempt told. */
  record JobRow(
      UUID run,
      JobView view,
      int cellsDone,
      int cellsFailed,
      int cellsUnsupported,
      @Nullable String current,
      @Nullable Double secondsLeft) {}

  /** The jobs of each of the runs, in their order. */
  Map<UUID, List<JobRow>> ofRuns(Collection<UUID> runs) {
    if (runs.isEmpty()) {
      return Map.of();
    }
    return jdbc
        .sql(
            """
            SELECT j.id, j.run_id, j.profile, j.state, h.name AS host, j.attempts,
                   CASE WHEN j.state = 'leased' AND j.cancel_requested_at IS NOT NULL
                        THEN 'cancelled; the worker stops at its next call, within 25 seconds'
                        ELSE j.reason END AS reason,
                   j.cells_done, j.cells_failed, j.cells_unsupported,
                   CASE WHEN a.ended_at IS NULL THEN a.current END AS current,
                   CASE WHEN a.ended_at IS NULL THEN a.seconds_left END AS seconds_left
            FROM job j
            LEFT JOIN attempt a ON a.fence = j.current_fence
            LEFT JOIN host h ON h.id = a.host_id
            WHERE j.run_id IN (:runs)
            ORDER BY j.id
            """)
        .param("runs", runs)
        .query((row, _) ->
            new JobRow(
                row.getObject("run_id", UUID.class),
                new JobView(
                    row.getObject("id", UUID.class),
                    row.getString("profile"),
                    row.getString("state"),
                    row.getString("host"),
                    row.getInt("attempts"),
                    row.getString("reason")),
                row.getInt("cells_done"),
                row.getInt("cells_failed"),
                row.getInt("cells_unsupported"),
                row.getString("current"),
                row.getObject("seconds_left", Double.class)))
        .list()
        .stream()
        .collect(Collectors.groupingBy(JobRow::run));
  }
}
