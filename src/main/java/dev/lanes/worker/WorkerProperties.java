package dev.lanes.worker;

import dev.lanes.machine.ControlLimits;
import dev.lanes.machine.Machine;
import dev.lanes.protocol.HostReport;
import dev.lanes.protocol.StandingSecret;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code lanes.worker.*}.
 *
 * @param directory folder of the worker's files: interpreters, harness, results not yet sent
 * @param server addresses of the servers; the next is called when one does not answer
 * @param token secret of the worker; null means that it stands in {@code worker-token} in the
 *     folder
 * @param enrolment one-time secret by which a worker that has no token gets one, which it keeps in
 *     that file; null when there is none
 * @param enrolmentSecretFile file with the server's standing secret, by which a worker that has no
 *     token gets one as {@code host}; null when there is none
 * @param host name by which the worker enrols with it; that of the machine unless given
 * @param interpreters Pythons to measure with besides those that are found, as absolute paths or
 *     names on the PATH
 * @param phaseLimit longest time that one phase or slice of a process may take before it is killed
 * @param tuning whether the machine is tuned while an attempt runs, as far as the worker may
 * @param control how noisy the host may be before an attempt
 * @param probing whether an idle worker finds out which models its interpreters run
 * @param spoolLimit most bytes of results that may wait on disk for the server
 * @param labels what is to be known of this host, by name; hardware profiles may ask for it
 * @param postgres a database that workloads may use; null when none is set
 */
@Validated
@ConfigurationProperties("lanes.worker")
record WorkerProperties(
    @NotNull Path directory,
    @NotEmpty List<URI> server,
    @Nullable String token,
    @Pattern(
            regexp = "lanes_e[0-9A-Za-z]{36}",
            message = "must be the secret that POST /api/v1/enrolments answered, lanes_e…")
        @Nullable String enrolment,
    @Nullable Path enrolmentSecretFile,
    @Nullable String host,
    @NotNull @DefaultValue List<String> interpreters,
    @NotNull @DefaultValue("60s") Duration phaseLimit,
    @DefaultValue("false") boolean tuning,
    @NotNull @Valid @DefaultValue Control control,
    @DefaultValue("true") boolean probing,
    @NotNull @DefaultValue("2GB") DataSize spoolLimit,
    @NotNull @Size(max = 32) @DefaultValue
        Map<@Pattern(regexp = HostReport.LABEL) String, @Pattern(regexp = HostReport.LABEL) String>
            labels,
    @Valid @Nullable PostgresService postgres) {

  /** The same with another database; null means without one. */
  WorkerProperties with(@Nullable PostgresService other) {
    return new WorkerProperties(
        directory,
        server,
        token,
        enrolment,
        enrolmentSecretFile,
        host,
        interpreters,
        phaseLimit,
        tuning,
        control,
        probing,
        spoolLimit,
        labels,
        other);
  }

  /** What the worker enrols by; empty when nothing is set. */
  Optional<String> enrolmentSecret() {
    return enrolment != null || enrolmentSecretFile == null
        ? Optional.ofNullable(enrolment)
        : Optional.of(StandingSecret.in(enrolmentSecretFile).token(hostName()));
  }

  private String hostName() {
    if (host != null) {
      return host;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      throw new IllegalStateException(
          "this machine does not know its name; set lanes.worker.host", e);
    }
  }

  /** How workloads reach what runs beside them, by the name of the service. */
  Map<String, Map<String, String>> services() {
    return postgres == null ? Map.of() : Map.of("postgres", postgres.variables());
  }

  /**
   * Settings {@code lanes.worker.control.*}: limits of the control workload, which is the
   * sentinel's processor kernel.
   *
   * @param readings how often it is run before an attempt
   * @param spread most (P90 − P10) / P50 of the readings
   * @param drift most ln(median / reference), up or down
   * @param action what happens beyond a limit
   */
  record Control(
      @Min(2) @DefaultValue("20") int readings,
      @Positive @DefaultValue("0.15") double spread,
      @Positive @DefaultValue("0.25") double drift,
      @NotNull @DefaultValue("auto") ControlLimits.Action action) {

    ControlLimits limits() {
      return new ControlLimits(spread, drift, action);
    }
  }

  /** This machine, to be judged by these limits. */
  Machine machine() {
    return Machine.at(Path.of("/"), control.limits(), directory);
  }

  /** Where old values of tuned settings are kept while an attempt runs. */
  Path tuningJournal() {
    return directory.resolve("tuning");
  }
}
