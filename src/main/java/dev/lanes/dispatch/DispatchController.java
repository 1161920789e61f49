package dev.lanes.dispatch;

import dev.lanes.access.Tokens;
import dev.lanes.catalog.Sha256;
import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Completion;
import dev.lanes.protocol.Desired;
import dev.lanes.protocol.Sync;
import dev.lanes.protocol.WorkerProtocol;
import dev.lanes.result.Results;
import dev.lanes.run.Leases;
import dev.lanes.web.ApiException;
import dev.lanes.web.ErrorCode;
import dev.lanes.web.Preference;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Valid;
import jakarta.validation.Validator;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Answers workers. What a worker may do follows from its token alone, never from its words. */
@Hidden
@RestController
class DispatchController implements WorkerProtocol {

  private final Dispatch dispatch;
  private final Leases leases;
  private final Results results;
  private final JsonMapper json;
  private final Validator validator;

  DispatchController(
      Dispatch dispatch, Leases leases, Results results, JsonMapper json, Validator validator) {
    this.dispatch = dispatch;
    this.leases = leases;
    this.results = results;
    this.json = json;
    this.validator = validator;
  }

  @Override
  public Desired sync(@Valid @RequestBody Sync sync, @Nullable String prefer) {
    return dispatch.sync(host(), sync, Duration.ofSeconds(Preference.waitSeconds(prefer)));
  }

  @Override
  public void putChunk(long fence, int number, String lease, String digest, byte[] body) {
    byte[] sha256 = Sha256.of(body);
    String wanted = "sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ":";
    if (!wanted.equals(digest)) {
      throw new ApiException(
          ErrorCode.DIGEST_MISMATCH,
          "The body's digest is %s, but the header says %s".formatted(wanted, digest));
    }
    if (number < 0) {
      throw new ApiException(
          ErrorCode.INVALID_REQUEST, "Chunk %d: chunks are numbered from 0".formatted(number));
    }
    Chunk chunk = chunk(body);
    try {
      results.store(
          fence,
          lease,
          number,
          sha256,
          chunk.samples().stream().map(Translation::samples).toList(),
          chunk.rounds().stream().map(Translation::round).toList(),
          chunk.endings().stream().map(Translation::ending).toList());
    } catch (IllegalArgumentException e) {
      throw new ApiException(ErrorCode.INVALID_REQUEST, String.valueOf(e.getMessage()));
    } catch (DuplicateKeyException e) {
      throw new ApiException(
          ErrorCode.CHUNK_CONFLICT,
          "Chunk %d of attempt %d has a sample, a round or an ending twice, or stored already"
              .formatted(number, fence));
    }
  }

  @Override
  public void complete(long fence, String lease, @Valid @RequestBody Completion completion) {
    leases.complete(
        fence,
        lease,
        completion.outcome().name().toLowerCase(Locale.ROOT),
        completion.chunks(),
        Translation.text(completion.reason()),
        completion.session());
  }

  private Chunk chunk(byte[] body) {
    @Nullable Chunk chunk;
    try {
      chunk = json.readValue(body, Chunk.class);
    } catch (JacksonException e) {
      throw new ApiException(ErrorCode.MALFORMED_JSON, e.getOriginalMessage());
    }
    if (chunk == null) {
      throw new ApiException(ErrorCode.MALFORMED_JSON, "The chunk is null; it must be an object");
    }
    for (ConstraintViolation<Chunk> violation : validator.validate(chunk)) {
      throw new ApiException(
          ErrorCode.INVALID_REQUEST,
          "%s %s".formatted(violation.getPropertyPath(), violation.getMessage()));
    }
    return chunk;
  }

  private static String host() {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication != null
        && authentication.getPrincipal() instanceof OAuth2AuthenticatedPrincipal principal
        && principal.getAttribute(Tokens.HOST) instanceof String host) {
      return host;
    }
    throw new ApiException(ErrorCode.FORBIDDEN, "This call needs the token of a worker");
  }
}
