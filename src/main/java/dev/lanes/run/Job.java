package dev.lanes.run;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.UuidGenerator;
import org.jspecify.annotations.Nullable;

/** All cells of a run for one hardware profile: what a worker leases. Made here, moved by SQL. */
@Entity
class Job {

  @Id
  @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
  private @Nullable UUID id;

  private UUID runId;
  private String profile;
  private int priority;
  private String owner;
  private double urgency;
  private long seed;
  private String state;
  private Instant notBefore;
  private Instant createdAt;
  private @Nullable UUID onlyHostId;

  /** For JPA. */
  @SuppressWarnings("NullAway")
  protected Job() {}

  Job(Run run, String profile, long seed, Instant now) {
    this.runId = run.id();
    this.profile = profile;
    this.priority = run.priority();
    this.owner = run.owner();
    this.urgency = FairShare.urgency(now, run.priority());
    this.seed = seed;
    this.state = "queued";
    this.notBefore = now;
    this.createdAt = now;
  }

  /**
   * A further job of the same run, which goes on as if it had been there from the beginning.
   *
   * @param host the only one that may measure it
   */
  Job next(Run run, long seed, Instant now, UUID host) {
    Job next = new Job(run, profile, seed, now);
    next.urgency = urgency;
    next.onlyHostId = host;
    return next;
  }

  UUID id() {
    return Objects.requireNonNull(id, "the job has not been stored");
  }

  String profile() {
    return profile;
  }

  long seed() {
    return seed;
  }
}
