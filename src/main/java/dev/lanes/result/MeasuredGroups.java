package dev.lanes.result;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What earlier comparison groups took. */
@Service
@Transactional(readOnly = true)
public class MeasuredGroups {

  /** More would tell of interpreters and hosts that are gone. */
  private static final int MOST = 500;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  MeasuredGroups(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** The latest groups of the workloads whose attempt succeeded, the newest first. */
  public List<MeasuredGroup> latest(Collection<String> workloads) {
    if (workloads.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(
            """
            SELECT a.fence, whole.seconds AS attempt_seconds, whole.groups,
                   greatest(whole.seconds - whole.round_seconds, 0) / whole.groups AS beyond_seconds,
                   first.workload, first.parameters, first.tasks,
                   (SELECT array_agg(DISTINCT c.parallelism ORDER BY c.parallelism) FROM cell c
                    WHERE c.job_id = j.id AND c.comparison_group = e.comparison_group
                      AND c.role = 'subject') AS parallelisms,
                   (SELECT count(*) FROM cell c
                    WHERE c.job_id = j.id AND c.comparison_group = e.comparison_group) AS arms,
                   e.rounds, e.seconds,
                   r.relative_half_width, r.min_rounds, r.max_rounds, r.time_budget_s
            FROM attempt a
            JOIN job j ON j.current_fence = a.fence
            JOIN run r ON r.id = j.run_id
            JOIN LATERAL (
              SELECT extract(epoch FROM a.ended_at - a.leased_at) AS seconds,
                     sum(seconds) AS round_seconds, count(DISTINCT comparison_group) AS groups
              FROM round_evidence WHERE fence = a.fence) whole ON true
            JOIN LATERAL (
              SELECT comparison_group, count(*) AS rounds, sum(seconds) AS seconds
              FROM round_evidence WHERE fence = a.fence GROUP BY comparison_group) e ON true
            JOIN LATERAL (
              SELECT c.workload, c.parameters, c.tasks FROM cell c
              WHERE c.job_id = j.id AND c.comparison_group = e.comparison_group
                AND c.role = 'subject'
              ORDER BY c.position LIMIT 1) first ON true
            WHERE a.outcome = 'succeeded' AND first.workload IN (:workloads)
            ORDER BY a.fence DESC, e.comparison_group
            LIMIT :most
            """)
        .param("workloads", workloads)
        .param("most", MOST)
        .query((row, _) ->
            new MeasuredGroup(
                row.getLong("fence"),
                row.getDouble("attempt_seconds"),
                row.getInt("groups"),
                row.getDouble("beyond_seconds"),
                row.getString("workload"),
                json.readValue(
                    row.getString("parameters"), new TypeReference<Map<String, Object>>() {}),
                row.getInt("tasks"),
                List.of((Integer[]) row.getArray("parallelisms").getArray()),
                row.getInt("arms"),
                row.getInt("rounds"),
                row.getDouble("seconds"),
                row.getDouble("relative_half_width"),
                row.getInt("min_rounds"),
                row.getInt("max_rounds"),
                row.getDouble("time_budget_s")))
        .list();
  }
}
