package dev.lanes.instrument;

import dev.lanes.instrument.SelfTestView.Gate;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.UuidGenerator;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** One report of a benchmark of the instrument. Never changed. */
@Entity
class SelfTest {

  @Id
  @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
  private @Nullable UUID id;

  private String name;
  private String hostName;
  private String version;

  @JdbcTypeCode(SqlTypes.JSON)
  private Map<String, Object> parameters;

  @JdbcTypeCode(SqlTypes.JSON)
  private Map<String, Object> figures;

  @JdbcTypeCode(SqlTypes.JSON)
  private List<Gate> gates;

  private boolean passed;
  private Instant startedAt;
  private double seconds;
  private String submittedBy;
  private Instant createdAt;

  /** For JPA. */
  @SuppressWarnings("NullAway")
  protected SelfTest() {}

  SelfTest(Report report, String submittedBy, Instant now) {
    this.name = report.name();
    this.hostName = report.host();
    this.version = report.version();
    this.parameters = report.parameters();
    this.figures = report.figures();
    this.gates = report.gates();
    this.passed = report.passed();
    this.startedAt = report.startedAt();
    this.seconds = report.seconds();
    this.submittedBy = submittedBy;
    this.createdAt = now;
  }

  UUID id() {
    return Objects.requireNonNull(id, "the report has not been stored");
  }

  SelfTestView view() {
    return new SelfTestView(
        id(), name, hostName, version, parameters, figures, gates, passed, startedAt, seconds);
  }
}
