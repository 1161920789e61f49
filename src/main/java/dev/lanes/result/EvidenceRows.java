package dev.lanes.result;

import dev.lanes.catalog.Measure;
import dev.lanes.result.RoundEvidence.Layout;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads what attempts told about their hosts, of attempts that count only. */
@Component
class EvidenceRows {

  private final JdbcClient jdbc;
  private final JsonMapper json;

  EvidenceRows(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  List<AttemptEvidence> ofRun(UUID run) {
    Map<Long, List<RoundEvidence>> rounds = rounds(run);
    return jdbc.sql(
            """
            SELECT j.id AS job, h.name AS host, a.fence, a.session
            FROM job j
            JOIN attempt a ON a.fence = j.current_fence
            JOIN host h ON h.id = a.host_id
            WHERE j.run_id = :run
            ORDER BY j.id
            """)
        .param("run", run)
        .query((row, _) ->
            new AttemptEvidence(
                row.getObject("job", UUID.class),
                row.getString("host"),
                row.getLong("fence"),
                json.readValue(
                    row.getString("session"), new TypeReference<Map<String, Object>>() {}),
                rounds.getOrDefault(row.getLong("fence"), List.of())))
        .list();
  }

  private Map<Long, List<RoundEvidence>> rounds(UUID run) {
    Map<Long, List<RoundEvidence>> rounds = new HashMap<>();
    jdbc.sql(
            """
            SELECT e.*
            FROM job j
            JOIN round_evidence e ON e.fence = j.current_fence
            WHERE j.run_id = :run
            ORDER BY e.fence, e.comparison_group, e.round
            """)
        .param("run", run)
        .query(row -> {
          rounds.computeIfAbsent(row.getLong("fence"), _ -> new ArrayList<>()).add(round(row));
        });
    return rounds;
  }

  void equalArms(Measure measure, Consumer<EqualArms> each) {
    jdbc.sql(
            """
            SELECT h.name AS host, a.fence, p.comparison_group, s.round,
                   s."values" AS placebo, s.warmups AS placebo_warmups,
                   b."values" AS baseline, b.warmups AS baseline_warmups
            FROM cell p
            JOIN job j ON j.id = p.job_id
            JOIN attempt a ON a.fence = j.current_fence AND a.ended_at IS NOT NULL
            JOIN host h ON h.id = a.host_id
            JOIN sample s ON s.cell_id = p.id AND s.fence = a.fence AND s.measure = :measure
            JOIN LATERAL (
              SELECT f.id FROM cell f
              WHERE f.job_id = p.job_id AND f.comparison_group = p.comparison_group
                AND f.role = 'subject'
              ORDER BY f.position LIMIT 1) first ON true
            JOIN sample b ON b.cell_id = first.id AND b.fence = a.fence AND b.measure = s.measure
                         AND b.round = s.round
            WHERE p.role = 'placebo'
            ORDER BY a.fence, p.comparison_group, s.round
            """)
        .param("measure", measure.id())
        .withFetchSize(200)
        .query(row -> {
          each.accept(
              new EqualArms(
                  row.getString("host"),
                  row.getLong("fence"),
                  row.getInt("comparison_group"),
                  row.getInt("round"),
                  counted(row, "placebo"),
                  counted(row, "baseline")));
        });
  }

  private static double[] counted(ResultSet row, String arm) throws SQLException {
    double[] values = ResultRows.values(row.getArray(arm));
    return Arrays.copyOfRange(values, row.getInt(arm + "_warmups"), values.length);
  }

  private RoundEvidence round(ResultSet row) throws SQLException {
    return new RoundEvidence(
        row.getInt("comparison_group"),
        row.getInt("round"),
        row.getDouble("seconds"),
        row.getLong("hash_seed"),
        Layout.valueOf(row.getString("layout").toUpperCase(Locale.ROOT)),
        json.readValue(row.getString("sentinels"), new TypeReference<Map<String, Double>>() {}),
        json.readValue(row.getString("counters"), new TypeReference<Map<String, Double>>() {}),
        json.readValue(row.getString("disturbances"), new TypeReference<List<String>>() {}));
  }
}
