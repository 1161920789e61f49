package dev.lanes.schedule;

import dev.lanes.run.RunRequest;
import dev.lanes.web.EntityVersion;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.UuidGenerator;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A suite that is repeated. What becomes of its due times is written by {@link FiringRows}. */
@Entity
class Schedule {

  @Id
  @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
  private @Nullable UUID id;

  private String name;
  private String suite;
  private @Nullable String cron;
  private @Nullable String zone;
  private String missed;
  private boolean paused;
  private @Nullable Integer repetitions;
  private boolean onNewInterpreter;

  @JdbcTypeCode(SqlTypes.JSON)
  private Map<String, String> labels;

  private @Nullable Integer priority;

  @JdbcTypeCode(SqlTypes.ARRAY)
  private @Nullable List<String> profiles;

  private String owner;
  private Instant createdAt;
  private @Nullable Instant nextDueAt;
  private long version;

  /** For JPA. */
  @SuppressWarnings("NullAway")
  protected Schedule() {}

  Schedule(ScheduleSettings settings, String owner, Instant now) {
    this.owner = owner;
    this.createdAt = now;
    become(settings, now);
  }

  /** Replaces everything but the owner. Other times count from now on. */
  final void become(ScheduleSettings settings, Instant now) {
    boolean sameTimes =
        Objects.equals(cron, settings.cron())
            && Objects.equals(zone, settings.zone())
            && Objects.equals(repetitions, settings.repetitions())
            && paused == settings.paused();
    this.name = settings.name();
    this.suite = settings.suite();
    this.cron = settings.cron();
    this.zone = settings.zone();
    this.missed = settings.missed().name().toLowerCase(Locale.ROOT);
    this.paused = settings.paused();
    this.repetitions = settings.repetitions();
    this.onNewInterpreter = settings.onNewInterpreter();
    this.labels = settings.labels();
    this.priority = settings.priority();
    this.profiles = settings.profiles();
    if (!sameTimes) {
      this.nextDueAt = paused ? null : times().flatMap(times -> times.after(now)).orElse(null);
    }
    this.version++;
  }

  /** Nothing will be due any more by cron. */
  void end() {
    this.nextDueAt = null;
  }

  UUID id() {
    return Objects.requireNonNull(id, "the schedule has not been stored");
  }

  String name() {
    return name;
  }

  String suite() {
    return suite;
  }

  String owner() {
    return owner;
  }

  Instant createdAt() {
    return createdAt;
  }

  /** The first time that no firing stands for yet. */
  @Nullable Instant nextDueAt() {
    return nextDueAt;
  }

  EntityVersion version() {
    return new EntityVersion(version);
  }

  long versionNumber() {
    return version;
  }

  /** When it is due; empty for one without cron. */
  Optional<Cron> times() {
    return cron == null ? Optional.empty() : Optional.of(Cron.of(cron, zoneId()));
  }

  ZoneId zoneId() {
    return ZoneId.of(Objects.requireNonNullElse(zone, "UTC"));
  }

  ScheduleSettings settings() {
    return new ScheduleSettings(
        name,
        suite,
        cron,
        zone,
        MissedFirings.valueOf(missed.toUpperCase(Locale.ROOT)),
        paused,
        repetitions,
        onNewInterpreter,
        labels,
        priority,
        profiles);
  }

  /** The run of its suite with what the schedule changes of it. */
  RunRequest of(RunRequest run) {
    Map<String, String> all =
        new LinkedHashMap<>(Objects.requireNonNullElse(run.labels(), Map.of()));
    all.putAll(labels);
    all.put("schedule", name);
    return new RunRequest(
        run.name(),
        run.matrix(),
        run.exclude(),
        profiles == null ? run.profiles() : profiles,
        run.precision(),
        priority == null ? run.priority() : priority,
        all,
        run.goal());
  }
}
