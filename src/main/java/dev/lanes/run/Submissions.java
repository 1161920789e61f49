package dev.lanes.run;

import dev.lanes.access.Audit;
import dev.lanes.access.AuditAction;
import dev.lanes.catalog.Sha256;
import dev.lanes.web.ApiException;
import dev.lanes.web.ErrorCode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Takes runs in: what it has acknowledged is committed, and a repeated key makes no second run. */
@Service
@Transactional
public class Submissions {

  private final Runs all;
  private final RunRepository runs;
  private final JobRepository jobs;
  private final CellRepository cells;
  private final SizeSearches searches;
  private final JobBell bell;
  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Clock clock;
  private final RandomGenerator seeds;
  private final Audit audit;

  Submissions(
      Runs all,
      RunRepository runs,
      JobRepository jobs,
      CellRepository cells,
      SizeSearches searches,
      JobBell bell,
      JdbcClient jdbc,
      JsonMapper json,
      Clock clock,
      RandomGenerator seeds,
      Audit audit) {
    this.all = all;
    this.runs = runs;
    this.jobs = jobs;
    this.cells = cells;
    this.searches = searches;
    this.bell = bell;
    this.jdbc = jdbc;
    this.json = json;
    this.clock = clock;
    this.seeds = seeds;
    this.audit = audit;
  }

  /**
   * Queues a run.
   *
   * @param owner name of whoever submits
   * @param key idempotency key; the same key with the same request gives the first run again
   * @return the id of the run
   * @throws ApiException if the request is not valid, or the key was used for another one
   */
  public UUID submit(RunRequest request, String owner, @Nullable String key) {
    byte[] digest = Sha256.of(json.writeValueAsString(request));
    Optional<UUID> earlier = key == null ? Optional.empty() : earlier(owner, key, digest);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    Expansion expansion = all.expand(request);
    Map<String, Object> spec = json.convertValue(request, new TypeReference<>() {});
    spec.values().removeIf(Objects::isNull);
    Instant now = clock.instant();
    int total = expansion.subjects().size() * expansion.profiles().size();
    Run run =
        runs.save(
            new Run(
                expansion.name(),
                owner,
                spec,
                expansion.labels(),
                expansion.priority(),
                total,
                expansion.precision(),
                now));
    List<Job> made = new ArrayList<>();
    for (String profile : expansion.profiles()) {
      made.add(jobs.save(new Job(run, profile, seeds.nextLong(), now)));
      bell.ring(profile);
    }
    int position = 0;
    for (List<PlannedCell> planned : List.of(expansion.subjects(), expansion.controls())) {
      List<Cell> rows = new ArrayList<>();
      for (Job job : made) {
        for (PlannedCell cell : planned) {
          rows.add(new Cell(run.id(), job, position++, cell));
        }
      }
      cells.saveAll(rows);
    }
    runs.flush();
    expansion.search().ifPresent(search -> searches.begin(run.id(), search));
    if (key != null) {
      remember(owner, key, digest, run.id(), now);
    }
    audit.append(
        AuditAction.RUN_SUBMITTED, run.id(), Map.of("name", expansion.name(), "cells", total));
    return run.id();
  }

  private Optional<UUID> earlier(String owner, String key, byte[] digest) {
    if (key.isEmpty() || key.length() > 255) {
      throw new ApiException(
          ErrorCode.INVALID_REQUEST,
          "The header Idempotency-Key has %d characters; 1 to 255 are allowed"
              .formatted(key.length()));
    }
    // Two calls with the same key wait for each other, so that the second sees the first's run.
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
        .param("key", owner + "\n" + key)
        .query((row, _) -> 0)
        .single();
    return jdbc.sql(
            "SELECT run_id, body_sha256 FROM idempotency_key WHERE owner = :owner AND key = :key")
        .param("owner", owner)
        .param("key", key)
        .query((row, _) -> {
          if (!Arrays.equals(row.getBytes("body_sha256"), digest)) {
            throw new ApiException(
                ErrorCode.IDEMPOTENCY_KEY_REUSED,
                "Another run was submitted with the key \"%s\"; take a new key".formatted(key));
          }
          return row.getObject("run_id", UUID.class);
        })
        .optional();
  }

  private void remember(String owner, String key, byte[] digest, UUID run, Instant now) {
    jdbc.sql(
            """
            INSERT INTO idempotency_key (owner, key, body_sha256, run_id, created_at)
            VALUES (:owner, :key, :digest, :run, :now)
            """)
        .param("owner", owner)
        .param("key", key)
        .param("digest", digest)
        .param("run", run)
        .param("now", java.sql.Timestamp.from(now))
        .update();
  }
}
