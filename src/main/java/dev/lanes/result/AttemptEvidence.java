package dev.lanes.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What is known of the host of the attempt that counts for a job.
 *
 * @param session what held for the whole attempt; empty while it is open
 * @param rounds by group and round
 */
public record AttemptEvidence(
    UUID job, String host, long fence, Map<String, Object> session, List<RoundEvidence> rounds) {

  public AttemptEvidence {
    session = Collections.unmodifiableMap(new LinkedHashMap<>(session));
    rounds = List.copyOf(rounds);
  }
}
