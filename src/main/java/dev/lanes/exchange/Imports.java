package dev.lanes.exchange;

import dev.lanes.access.Audit;
import dev.lanes.access.AuditAction;
import dev.lanes.catalog.Sha256;
import dev.lanes.exchange.ImportView.BenchmarkView;
import dev.lanes.exchange.Imported.Format;
import dev.lanes.web.ApiException;
import dev.lanes.web.ErrorCode;
import dev.lanes.web.FieldProblems;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps results of other programs. The file itself is kept and read whenever it is shown, so that
 * nothing of it can be lost.
 */
@Service
@Transactional
class Imports {

  private final JdbcClient jdbc;
  private final Audit audit;
  private final JsonMapper json;
  private final Clock clock;

  Imports(JdbcClient jdbc, Audit audit, JsonMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.json = json;
    this.clock = clock;
  }

  /** A stored file with what is known without reading it. */
  private record Row(ImportView view, byte[] content) {}

  /**
   * What an import would be; nothing is stored.
   *
   * @throws ApiException that names everything wrong with the file or its name
   */
  @Transactional(readOnly = true)
  ImportView preview(String name, byte[] content) {
    Imported read = checked(name, content);
    byte[] digest = Sha256.of(content);
    return new ImportView(
        null,
        name.strip(),
        read.format(),
        ImportView.hex(digest),
        null,
        null,
        read.benchmarks().size(),
        read.benchmarks().stream().map(BenchmarkView::of).toList(),
        idOf(digest).orElse(null));
  }

  /** An import that was made, or was there before. */
  record Made(UUID id, boolean isNew) {}

  /**
   * Stores a file; the same one again is the import that there is.
   *
   * @throws ApiException that names everything wrong with the file or its name
   */
  Made store(String name, byte[] content, String owner) {
    Imported read = checked(name, content);
    byte[] digest = Sha256.of(content);
    Optional<UUID> made =
        jdbc.sql(
                """
                INSERT INTO import (id, name, format, benchmarks, content, sha256, owner, created_at)
                VALUES (uuidv7(), :name, :format, :benchmarks, :content, :digest, :owner, :now)
                ON CONFLICT (sha256) DO NOTHING
                RETURNING id
                """)
            .param("name", name.strip())
            .param("format", read.format().name().toLowerCase(Locale.ROOT))
            .param("benchmarks", read.benchmarks().size())
            .param("content", content)
            .param("digest", digest)
            .param("owner", owner)
            .param("now", Timestamp.from(clock.instant()))
            .query(UUID.class)
            .optional();
    made.ifPresent(
        id -> audit.append(AuditAction.IMPORT_MADE, id, Map.of("sha256", ImportView.hex(digest))));
    return made.map(id -> new Made(id, true))
        .orElseGet(() -> new Made(idOf(digest).orElseThrow(), false));
  }

  private Imported checked(String name, byte[] content) {
    FieldProblems problems = new FieldProblems();
    problems.text("/name", name, 1, 200);
    problems.refuse();
    return Imported.of(content, json);
  }

  private Optional<UUID> idOf(byte[] digest) {
    return jdbc.sql("SELECT id FROM import WHERE sha256 = :digest")
        .param("digest", digest)
        .query(UUID.class)
        .optional();
  }

  /** The newest before the given one, or the newest of all, without their benchmarks. */
  @Transactional(readOnly = true)
  List<ImportView> page(@Nullable UUID before, int limit) {
    return jdbc
        .sql(
            """
            SELECT id, name, format, benchmarks, sha256, owner, created_at, ''::bytea AS content
            FROM import
            WHERE CAST(:before AS uuid) IS NULL OR id < :before
            ORDER BY id DESC LIMIT :limit
            """)
        .param("before", before)
        .param("limit", limit)
        .query(Imports::row)
        .list()
        .stream()
        .map(Row::view)
        .toList();
  }

  /**
   * One with its benchmarks.
   *
   * @throws ApiException if there is no such import
   */
  @Transactional(readOnly = true)
  ImportView get(UUID id) {
    Row row = find(id);
    ImportView view = row.view();
    List<BenchmarkView> items =
        Imported.of(row.content(), json).benchmarks().stream().map(BenchmarkView::of).toList();
    return new ImportView(
        view.id(),
        view.name(),
        view.format(),
        view.sha256(),
        view.owner(),
        view.createdAt(),
        view.benchmarks(),
        items,
        null);
  }

  /** The file, byte by byte as it was sent. */
  @Transactional(readOnly = true)
  byte[] file(UUID id) {
    return find(id).content();
  }

  /** Two of them, benchmark by benchmark. */
  @Transactional(readOnly = true)
  ImportComparison compare(UUID id, UUID against) {
    return ImportComparison.of(
        id,
        Imported.of(find(id).content(), json),
        against,
        Imported.of(find(against).content(), json));
  }

  /**
   * Deletes an import with its file.
   *
   * @throws ApiException if there is no such import
   */
  void delete(UUID id) {
    if (jdbc.sql("DELETE FROM import WHERE id = :id").param("id", id).update() == 0) {
      throw missing(id);
    }
    audit.append(AuditAction.IMPORT_DELETED, id, Map.of());
  }

  private Row find(UUID id) {
    return jdbc.sql(
            """
            SELECT id, name, format, benchmarks, sha256, owner, created_at, content
            FROM import WHERE id = :id
            """)
        .param("id", id)
        .query(Imports::row)
        .optional()
        .orElseThrow(() -> missing(id));
  }

  private static ApiException missing(UUID id) {
    return new ApiException(ErrorCode.NOT_FOUND, "There is no import " + id);
  }

  private static Row row(ResultSet row, int number) throws SQLException {
    return new Row(
        new ImportView(
            row.getObject("id", UUID.class),
            row.getString("name"),
            Format.valueOf(row.getString("format").toUpperCase(Locale.ROOT)),
            ImportView.hex(row.getBytes("sha256")),
            row.getString("owner"),
            Objects.requireNonNull(row.getTimestamp("created_at")).toInstant(),
            row.getInt("benchmarks"),
            null,
            null),
        row.getBytes("content"));
  }
}
