package dev.lanes.host;

import dev.lanes.web.EntityVersion;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A named requirement. Which hosts fulfil it is decided by the view {@code host_profile}. */
@Entity
class HardwareProfile {

  /** The profile that always exists and asks for nothing. */
  static final String ANY = "any";

  @Id private String name;

  private String description;
  private @Nullable Integer cores;
  private @Nullable String cpu;
  private @Nullable Long memoryBytes;
  private @Nullable String architecture;

  @JdbcTypeCode(SqlTypes.JSON)
  private Map<String, String> labels;

  private long version;

  /** For JPA. */
  @SuppressWarnings("NullAway")
  protected HardwareProfile() {}

  HardwareProfile(String name, ProfileRequirements wanted) {
    this.name = name;
    require(wanted);
  }

  /** Replaces everything but the name. */
  final void require(ProfileRequirements wanted) {
    this.description = wanted.description();
    this.cores = wanted.cores();
    this.cpu = wanted.cpu();
    this.memoryBytes = wanted.memoryBytes();
    this.architecture = wanted.architecture();
    this.labels = wanted.labels();
    this.version++;
  }

  String name() {
    return name;
  }

  @Nullable Integer cores() {
    return cores;
  }

  EntityVersion version() {
    return new EntityVersion(version);
  }

  /**
   * As it is told.
   *
   * @param hosts names of the hosts that fulfil it
   * @param online whether one of them is
   */
  ProfileView view(List<String> hosts, boolean online) {
    return new ProfileView(
        name,
        description,
        cores,
        cpu,
        memoryBytes,
        architecture,
        labels,
        version().tag(),
        hosts,
        online);
  }
}
