package dev.lanes.host;

import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.ModelSupport;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The machines with workers. */
@Service
@Transactional
public class Hosts {

  /** A host counts as online when its worker was heard of this recently. */
  static final Duration ONLINE = Duration.ofSeconds(90);

  private final HostRepository hosts;
  private final Clock clock;

  Hosts(HostRepository hosts, Clock clock) {
    this.hosts = hosts;
    this.clock = clock;
  }

  /** Stores what a worker says about its host. */
  public void report(String name, String agent, HostFacts facts) {
    hosts
        .findByName(name)
        .ifPresentOrElse(
            host -> host.report(facts, agent, clock.instant()),
            () -> hosts.save(new Host(name, facts, agent, clock.instant())));
  }

  /**
   * Notes that the worker was heard of.
   *
   * @return the host, or empty when this start of the worker has not reported its facts yet
   */
  public Optional<UUID> seen(String name, String agent) {
    if (hosts.seen(name, agent, clock.instant()) == 0) {
      return Optional.empty();
    }
    return hosts.findByName(name).map(Host::id);
  }

  /** No job goes to the host until somebody releases it; a second call changes nothing. */
  public void quarantine(UUID id, String reason) {
    hosts.findById(id).ifPresent(host -> host.quarantine());
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

  /** All hosts by name. */
  @Transactional(readOnly = true)
  public List<HostView> all() {
    var now = clock.instant();
    return hosts.findAllByOrderByName().stream().map(host -> HostView.of(host, now)).toList();
  }
}
