package dev.lanes.host;

import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.ModelSupport;
import dev.lanes.host.ProfileRepository.Fulfilment;
import dev.lanes.web.ApiException;
import dev.lanes.web.EntityVersion;
import dev.lanes.web.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The machines with workers. */
@Service
@Transactional
public class Hosts {

  /** A host counts as online when its worker was heard of this recently. */
  public static final Duration ONLINE = Duration.ofSeconds(90);

  private final HostRepository hosts;
  private final HostHistory history;
  private final SignsOfLife signs;
  private final ProfileRepository profiles;
  private final Clock clock;
  private final ApplicationEventPublisher events;

  Hosts(
      HostRepository hosts,
      HostHistory history,
      SignsOfLife signs,
      ProfileRepository profiles,
      Clock clock,
      ApplicationEventPublisher events) {
    this.events = events;
    this.hosts = hosts;
    this.history = history;
    this.signs = signs;
    this.profiles = profiles;
    this.clock = clock;
  }

  /**
   * Stores what a worker says about its host. Another environment than before is an event, and
   * where {@code lanes.hosts.review} says so the host gets no work until somebody has looked at it.
   */
  public void report(String name, String agent, HostFacts facts) {
    hosts
        .lockByName(name)
        .ifPresentOrElse(
            host -> {
              HostFacts before = host.facts();
              host.report(facts, agent, clock.instant());
              history.reported(host, before);
            },
            () -> {
              Host host = hosts.save(new Host(name, facts, agent, clock.instant()));
              hosts.flush();
              history.firstSeen(host);
            });
  }

  /**
   * Takes a host out of use until an administrator releases it. A host that is quarantined stays as
   * it is, with its first reason.
   *
   * @param reason what speaks against it, in words
   */
  public void quarantine(UUID host, String reason) {
    if (hosts.quarantine(host, reason) > 0) {
      history.happened(host, HostEventKind.QUARANTINED, null, reason, Map.of());
      events.publishEvent(new HostQuarantined(hosts.findById(host).orElseThrow().name(), reason));
    }
  }

  /** Names of all hardware profiles, fulfilled by a host or not. */
  @Transactional(readOnly = true)
  public List<String> profileNames() {
    return profiles.findAllByOrderByName().stream().map(HardwareProfile::name).toList();
  }

  /** How many logical processors a profile measures on; empty for all that the worker may use. */
  @Transactional(readOnly = true)
  public Optional<Integer> coresOf(String profile) {
    return profiles.findById(profile).map(HardwareProfile::cores);
  }

  /**
   * Notes that the worker was heard of.
   *
   * @return the host, or empty when this start of the worker has not reported its facts yet
   */
  public Optional<UUID> seen(String name, String agent) {
    return signs.heard(name, agent);
  }

  /** Stores what probes of a worker have found. */
  public void support(String name, List<ModelSupport> verdicts) {
    hosts.findByName(name).ifPresent(host -> host.found(verdicts));
  }

  /** What the interpreters of active hosts run; of what a host no longer has nothing is told. */
  @Transactional(readOnly = true)
  public List<SupportView> support() {
    return hosts.findAllByOrderByName().stream()
        .filter(host -> host.state().equals("active"))
        .flatMap(SupportView::of)
        .toList();
  }

  /** Every interpreter of every active host, usable or not. */
  @Transactional(readOnly = true)
  public List<Interpreter> interpreters() {
    return hosts.findAllByOrderByName().stream()
        .filter(host -> host.state().equals("active"))
        .map(host -> host.facts().interpreters())
        .flatMap(Collection::stream)
        .toList();
  }

  /** The interpreters of each active host that can be used, by the name of the host. */
  @Transactional(readOnly = true)
  public Map<String, List<Interpreter>> interpretersByHost() {
    return hosts.findAllByOrderByName().stream()
        .filter(host -> host.state().equals("active"))
        .collect(
            Collectors.toMap(
                Host::name,
                host -> host.facts().interpreters().stream().filter(Interpreter::usable).toList()));
  }

  /** All hosts by name. */
  @Transactional(readOnly = true)
  public List<HostView> all() {
    var now = clock.instant();
    Map<String, List<String>> fulfilled = fulfilled();
    return hosts.findAllByOrderByName().stream()
        .map(host -> HostView.of(host, fulfilled.getOrDefault(host.name(), List.of()), now))
        .toList();
  }

  private Map<String, List<String>> fulfilled() {
    return profiles.fulfilments().stream()
        .collect(
            Collectors.groupingBy(
                Fulfilment::getHost,
                Collectors.mapping(Fulfilment::getProfile, Collectors.toList())));
  }

  /** A host with the version that a change of it must name. */
  record Versioned(EntityVersion version, HostDetailView host) {}

  /**
   * Everything about one host.
   *
   * @throws ApiException with {@link ErrorCode#NOT_FOUND}
   */
  @Transactional(readOnly = true)
  Versioned get(String name) {
    return detail(hosts.findByName(name).orElseThrow(() -> unknown(name)));
  }

  /**
   * Changes the state of a host.
   *
   * @param ifMatch the version that the caller has seen, as {@code ETag} told it
   * @param actor name of the caller
   * @throws ApiException if there is no such host, it has another version, or what is asked makes
   *     no sense
   */
  Versioned change(String name, HostChangeRequest request, @Nullable String ifMatch, String actor) {
    Host host = hosts.lockByName(name).orElseThrow(() -> unknown(name));
    host.version().require(ifMatch, "Host " + name);
    HostChange change = HostChange.of(request, host.state());
    if (change.kind() != null) {
      host.become(change.state(), change.state().equals("active") ? null : change.reason());
      history.happened(host.id(), change.kind(), actor, change.reason(), Map.of());
    }
    hosts.flush();
    return detail(host);
  }

  private Versioned detail(Host host) {
    List<String> fulfilled = fulfilled().getOrDefault(host.name(), List.of());
    return new Versioned(
        host.version(),
        new HostDetailView(
            HostView.of(host, fulfilled, clock.instant()),
            history.environment(host),
            host.facts().interpreters(),
            history.ofHost(host.id())));
  }

  private static ApiException unknown(String name) {
    return new ApiException(ErrorCode.NOT_FOUND, "There is no host \"%s\"".formatted(name));
  }
}
