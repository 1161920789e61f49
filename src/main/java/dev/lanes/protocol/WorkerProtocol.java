package dev.lanes.protocol;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/**
 * All calls of a worker. Each is idempotent: a worker that got no answer repeats the same call.
 * Every duration is relative, so that the clocks of the two sides never meet.
 */
@HttpExchange("/api/v1")
public interface WorkerProtocol {

  /** Header that carries the token of the attempt that is written to. */
  String LEASE_HEADER = "Lanes-Lease";

  /** RFC 9530 digest of the request body, {@code sha-256=:base64:}. */
  String DIGEST_HEADER = "Content-Digest";

  /**
   * Says what the worker does and hears what it should do.
   *
   * @param prefer {@code wait=20} lets the server answer an idle worker only when there is work, or
   *     so many seconds have passed (RFC 7240); null asks for an answer at once
   */
  @PostExchange("/worker/sync")
  Desired sync(
      @RequestBody Sync sync,
      @RequestHeader(name = "Prefer", required = false) @Nullable String prefer);

  /**
   * Stores one chunk of results. The same chunk again is accepted and changes nothing; another body
   * under the same number is refused with 409, as is every chunk of an attempt that has ended.
   *
   * @param chunk a {@link Chunk} as JSON in UTF-8; the bytes are what the digest is of
   */
  @PutExchange(
      url = "/attempts/{fence}/chunks/{number}",
      contentType = MediaType.APPLICATION_JSON_VALUE)
  void putChunk(
      @PathVariable long fence,
      @PathVariable int number,
      @RequestHeader(LEASE_HEADER) String lease,
      @RequestHeader(DIGEST_HEADER) String digest,
      @RequestBody byte[] chunk);

  /** Ends the attempt. Accepted only when every announced chunk has been stored. */
  @PostExchange("/attempts/{fence}/completion")
  void complete(
      @PathVariable long fence,
      @RequestHeader(LEASE_HEADER) String lease,
      @RequestBody Completion completion);
}
