package dev.lanes.notify;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What people can be told of. */
enum EventType {
  /** A run has ended, completed or cancelled. */
  RUN_ENDED,
  /** A host gets no more work until somebody has looked. */
  HOST_QUARANTINED,
  /** Somebody tries whether a webhook arrives. It goes to that one, whatever it has asked for. */
  PING;

  /** The name in JSON, {@code run.ended}. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  static Optional<EventType> of(String id) {
    return Stream.of(values()).filter(type -> type != PING && type.id().equals(id)).findFirst();
  }

  /** Those that a webhook can ask for. */
  static List<String> ids() {
    return Stream.of(values()).filter(type -> type != PING).map(EventType::id).toList();
  }
}
