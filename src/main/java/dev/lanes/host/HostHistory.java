package dev.lanes.host;

import dev.lanes.catalog.Interpreter;
import dev.lanes.host.Environment.Change;
import dev.lanes.host.HostProperties.Review;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Notices what a report changes about a host, and keeps what happens to it. */
@Component
class HostHistory {

  private final EnvironmentRepository environments;
  private final HostEventRepository events;
  private final Review review;
  private final Clock clock;

  HostHistory(
      EnvironmentRepository environments,
      HostEventRepository events,
      HostProperties properties,
      Clock clock) {
    this.environments = environments;
    this.events = events;
    this.review = properties.review();
    this.clock = clock;
  }

  /** Begins the history of a host whose row has been written. */
  void firstSeen(Host host) {
    host.moved(stored(host).id());
    happened(host.id(), HostEventKind.FIRST_SEEN, null, null, Map.of());
  }

  /**
   * Keeps what is different.
   *
   * @param host after the report
   * @param before what was known until then
   */
  void reported(Host host, HostFacts before) {
    noticeEnvironment(host);
    noticeInterpreters(host.id(), byId(before), byId(host.facts()));
  }

  private void noticeEnvironment(Host host) {
    HostEnvironment now = stored(host);
    HostEnvironment earlier = host.environment().flatMap(environments::findById).orElse(null);
    if (earlier == null) {
      host.moved(now.id());
      return;
    }
    if (earlier.id().equals(now.id())) {
      return;
    }
    host.moved(now.id());
    List<Change> changes = earlier.value().changesTo(now.value());
    String words = changes.stream().map(Change::words).collect(Collectors.joining("; "));
    happened(
        host.id(),
        HostEventKind.ENVIRONMENT_CHANGED,
        null,
        words,
        Map.of("changes", changes.stream().map(HostHistory::told).toList()));
    if (review == Review.ALWAYS) {
      host.needsReview(words);
    }
  }

  private HostEnvironment stored(Host host) {
    Environment told = Environment.of(host.facts());
    return environments
        .findByHostIdAndFingerprint(host.id(), told.fingerprint())
        .orElseGet(() -> environments.save(new HostEnvironment(host.id(), told, clock.instant())));
  }

  /** What was not told is there as null. */
  private static Map<String, Object> told(Change change) {
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    told.put("key", change.key());
    told.put("before", change.before());
    told.put("after", change.after());
    return told;
  }

  private void noticeInterpreters(
      UUID host, Map<String, Interpreter> before, Map<String, Interpreter> now) {
    now.forEach((id, found) -> {
      if (!before.containsKey(id)) {
        happened(host, HostEventKind.INTERPRETER_FOUND, null, null, told(found));
      }
    });
    before.forEach((id, gone) -> {
      if (!now.containsKey(id)) {
        happened(host, HostEventKind.INTERPRETER_GONE, null, null, told(gone));
      }
    });
  }

  /** One build may be found at several places. */
  private static Map<String, Interpreter> byId(HostFacts facts) {
    return facts.interpreters().stream()
        .collect(
            Collectors.toMap(
                Interpreter::id, Function.identity(), (one, _) -> one, LinkedHashMap::new));
  }

  private static Map<String, Object> told(Interpreter interpreter) {
    return Map.of(
        "interpreter", interpreter.id(),
        "line", interpreter.line(),
        "executable", interpreter.executable(),
        "usable", interpreter.usable());
  }

  /**
   * Keeps an event.
   *
   * @param actor name of whoever did it; null for the server itself
   */
  void happened(
      UUID host,
      HostEventKind kind,
      @Nullable String actor,
      @Nullable String reason,
      Map<String, Object> detail) {
    events.save(new HostEvent(host, clock.instant(), kind, actor, reason, detail));
  }

  /** The last 50 events of a host, the newest first. */
  List<HostDetailView.Event> ofHost(UUID host) {
    return events.findTop50ByHostIdOrderByIdDesc(host).stream().map(HostEvent::view).toList();
  }

  /** The environment that a host is in; null until its worker reports. */
  HostDetailView.@Nullable Environment environment(Host host) {
    return host.environment()
        .flatMap(environments::findById)
        .map(found ->
            new HostDetailView.Environment(
                found.fingerprint(), found.value().facts(), found.firstSeenAt()))
        .orElse(null);
  }
}
