package dev.lanes.protocol;

/**
 * The right to measure one job.
 *
 * @param fence number of the attempt; every later attempt has a greater one
 * @param token secret of the attempt; only its digest is kept by the server
 * @param ttlMs milliseconds after which the server gives the job to another worker, unless it hears
 *     of this one
 */
public record Lease(long fence, String token, long ttlMs, JobSpec job) {}
