package dev.lanes.schedule;

import dev.lanes.run.RunRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A named run.
 *
 * @param about what it answers
 * @param run as it is submitted; of one that Lanes brings, lines of interpreters that no host has
 *     are left out, and workers and interpreters that it does not name are filled in
 * @param reference figures of others that its results are shown beside
 * @param builtIn whether Lanes brings it, so that it cannot be changed
 * @param owner who saved it; null for one that Lanes brings
 * @param version what If-Match must say to change it; null for one that Lanes brings
 */
record SuiteView(
    String name,
    String title,
    String about,
    RunRequest run,
    Suite.@Nullable Reference reference,
    boolean builtIn,
    @Nullable String owner,
    @Nullable Instant changedAt,
    @Nullable String version) {

  static SuiteView of(Suite suite) {
    return new SuiteView(
        suite.name(),
        suite.title(),
        suite.about(),
        suite.run(),
        suite.reference(),
        true,
        null,
        null,
        null);
  }
}
