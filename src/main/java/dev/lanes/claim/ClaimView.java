package dev.lanes.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A claim as it is told to a client.
 *
 * @param reason why it is informational, or why Lanes cannot measure it; null when it can
 * @param needs what a host needs; null where nothing can measure it
 * @param suite name of the suite that measures it; likewise
 * @param verdicts one for each host and interpreter; none of an informational claim
 * @param owner who made it; null for one that Lanes brings
 * @param conditions all of which must hold; absent in lists
 * @param history what each run of the suite said, the oldest first; absent in lists
 */
record ClaimView(
    String id,
    String statement,
    Claim.Kind kind,
    @Nullable String reason,
    Claim.Source source,
    @Nullable Needs needs,
    @Nullable String suite,
    @Nullable String owner,
    List<Judgement> verdicts,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Condition> conditions,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Judgement> history) {}
