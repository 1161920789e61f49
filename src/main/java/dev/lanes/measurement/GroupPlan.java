package dev.lanes.measurement;

import dev.lanes.protocol.Chunk.RoundEvidence.Layout;

/**
 * How a group is going to be measured. Batches per slice and warm-ups of each cell are with the
 * cells.
 *
 * @param turns turns of a round that count
 * @param rounds rounds that are taken to be needed for the asked precision
 * @param roundSeconds what a round is expected to take
 * @param steady whether warm-up came to an end for every arm
 * @param reused whether it rests on calibrations of earlier attempts
 * @param seconds what finding it out took
 * @param insideSeconds part of that in slices and timed phases
 */
record GroupPlan(
    int turns,
    Layout layout,
    int rounds,
    double roundSeconds,
    boolean steady,
    boolean reused,
    double seconds,
    double insideSeconds) {}
