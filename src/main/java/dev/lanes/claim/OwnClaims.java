package dev.lanes.claim;

import dev.lanes.access.Audit;
import dev.lanes.access.AuditAction;
import dev.lanes.claim.ClaimRequest.BandRequest;
import dev.lanes.claim.ClaimRequest.ConditionRequest;
import dev.lanes.claim.ClaimRequest.SourceRequest;
import dev.lanes.run.RunRequest;
import dev.lanes.schedule.Suites;
import dev.lanes.web.ApiException;
import dev.lanes.web.ErrorCode;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Claims that people have made. Each is checked by the runs of a suite, saved or brought. */
@Service
@Transactional
class OwnClaims {

  private static final String ID = "[a-z0-9][a-z0-9-]{0,39}";

  private final JdbcClient jdbc;
  private final ClaimCheck check;
  private final Suites suites;
  private final Audit audit;
  private final JsonMapper json;
  private final Clock clock;

  OwnClaims(
      JdbcClient jdbc, ClaimCheck check, Suites suites, Audit audit, JsonMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.check = check;
    this.suites = suites;
    this.audit = audit;
    this.json = json;
    this.clock = clock;
  }

  private record Row(String id, String owner, ClaimRequest definition) {}

  /** All of them by id. */
  @Transactional(readOnly = true)
  List<Claim> all() {
    return jdbc
        .sql("SELECT id, owner, definition FROM own_claim ORDER BY id")
        .query((row, _) -> row(row.getString(1), row.getString(2), row.getString(3)))
        .list()
        .stream()
        .map(this::claim)
        .toList();
  }

  /** The one with this id. */
  @Transactional(readOnly = true)
  Optional<Claim> find(String id) {
    return stored(id).map(this::claim);
  }

  private Optional<Row> stored(String id) {
    return jdbc.sql("SELECT id, owner, definition FROM own_claim WHERE id = :id")
        .param("id", id)
        .query((row, _) -> row(row.getString(1), row.getString(2), row.getString(3)))
        .optional();
  }

  private Row row(String id, String owner, String definition) {
    return new Row(id, owner, json.readValue(definition, ClaimRequest.class));
  }

  /**
   * Makes a claim; the same one again is left as it is.
   *
   * @return whether it is new
   * @throws ApiException if the request is not valid, or there is another claim with this id
   */
  boolean make(String id, ClaimRequest request, String owner) {
    if (!id.matches(ID)) {
      throw new ApiException(
          ErrorCode.INVALID_REQUEST,
          "The id \"%s\" must be 1 to 40 of a-z, 0-9 and -, and not begin with -".formatted(id));
    }
    check.refuseWrong(request);
    Optional<UUID> made =
        jdbc.sql(
                """
                INSERT INTO own_claim (id, suite, definition, owner, created_at)
                VALUES (:id, :suite, CAST(:definition AS jsonb), :owner, :now)
                ON CONFLICT (id) DO NOTHING
                RETURNING uid
                """)
            .param("id", id)
            .param("suite", request.suite())
            .param("definition", json.writeValueAsString(request))
            .param("owner", owner)
            .param("now", Timestamp.from(clock.instant()))
            .query(UUID.class)
            .optional();
    if (made.isEmpty() && !stored(id).map(Row::definition).equals(Optional.of(same(request)))) {
      throw new ApiException(
          ErrorCode.CLAIM_FIXED,
          "There is another claim \"%s\", and a claim is not changed after figures may be known;"
                  .formatted(id)
              + " take another id, or delete it first");
    }
    made.ifPresent(uid -> audit.append(AuditAction.CLAIM_MADE, uid, Map.of("id", id)));
    return made.isPresent();
  }

  /** As it is read back: a number that was sent as 1 may be stored as 1.0. */
  private ClaimRequest same(ClaimRequest request) {
    return json.readValue(json.writeValueAsString(request), ClaimRequest.class);
  }

  /**
   * Deletes a claim; its suite and the runs stay.
   *
   * @throws ApiException if there is none that somebody made
   */
  void delete(String id) {
    UUID deleted =
        jdbc.sql("DELETE FROM own_claim WHERE id = :id RETURNING uid")
            .param("id", id)
            .query(UUID.class)
            .optional()
            .orElseThrow(() ->
                new ApiException(
                    ErrorCode.NOT_FOUND,
                    "Nobody has made a claim \"%s\"; those that Lanes brings stay".formatted(id)));
    audit.append(AuditAction.CLAIM_DELETED, deleted, Map.of("id", id));
  }

  private Claim claim(Row row) {
    ClaimRequest made = row.definition();
    String suite = Objects.requireNonNull(made.suite());
    Optional<RunRequest> run = suites.run(suite);
    return new Claim(
        row.id(),
        source(Objects.requireNonNull(made.source())),
        Objects.requireNonNull(made.statement()),
        Claim.Kind.CHECKABLE,
        run.isPresent() ? null : "its suite \"%s\" was deleted; save it again".formatted(suite),
        made.cores(),
        made.interpreters() == null
            ? null
            : made.interpreters().stream().map(Objects::requireNonNull).toList(),
        run.orElse(null),
        run.isPresent() ? conditions(made) : List.of(),
        suite,
        row.owner());
  }

  private static Claim.Source source(SourceRequest source) {
    return new Claim.Source(
        Objects.requireNonNull(source.speaker()),
        Objects.requireNonNull(source.title()),
        Objects.requireNonNull(source.url()),
        Objects.requireNonNull(source.published()),
        source.quote());
  }

  private static List<Condition> conditions(ClaimRequest request) {
    return Objects.requireNonNull(request.conditions()).stream()
        .map(Objects::requireNonNull)
        .map(OwnClaims::condition)
        .toList();
  }

  /**
   * The condition as it is judged.
   *
   * @throws IllegalArgumentException that says which rule it breaks
   */
  static Condition condition(ConditionRequest request) {
    @Nullable BandRequest band = request.band();
    return new Condition(
        Objects.requireNonNull(request.says()),
        request.measure(),
        Objects.requireNonNull(request.contender()),
        request.baseline(),
        request.scale(),
        band == null ? null : new Band(band.low(), band.high()));
  }
}
