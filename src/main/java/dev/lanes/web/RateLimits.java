package dev.lanes.web;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * How often somebody may call the API. Whoever has been let in has a limit of their own; all that
 * was not counts for the address it comes from. So a stranger who tries tokens is stopped before
 * the database is asked, and a worker behind the same address goes on.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class RateLimits extends OncePerRequestFilter {

  /** Beyond so many callers the one who has been silent longest is forgotten. */
  private static final int MOST_CALLERS = 20_000;

  private static final String BEARER = "Bearer ";

  private final WebProperties.RateLimit limits;
  private final JsonMapper json;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_CALLERS;
        }
      };

  RateLimits(WebProperties properties, JsonMapper json) {
    this.limits = properties.rateLimit();
    this.json = json;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    // A token is looked up whatever the path.
    return request.getHeader(HttpHeaders.AUTHORIZATION) == null
        && !path(request).startsWith("/api/")
        && !path(request).equals("/sign-in");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String caller = caller(request);
    Bucket known = caller == null ? null : bucket(caller);
    Bucket bucket =
        known == null ? bucket("from " + request.getRemoteAddr(), limits.address()) : known;
    ConsumptionProbe call = bucket.tryConsumeAndReturnRemaining(1);
    if (!call.isConsumed()) {
      refuse(response, call.getNanosToWaitForRefill());
      return;
    }
    chain.doFilter(request, response);
    if (caller != null) {
      if (isRefused(request, response.getStatus())) {
        forget(caller);
      } else if (known == null) {
        bucket(caller, isOfWorker(request) ? limits.worker() : limits.caller());
      }
    }
  }

  /** Who calls, before it is known whether they may; null for nobody in particular. */
  private static @Nullable String caller(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      String token = header.substring(BEARER.length()).strip();
      return (isOfWorker(request) ? "worker " : "token ") + digest(token);
    }
    HttpSession session = request.getSession(false);
    return session == null ? null : "session " + session.getId();
  }

  /** A worker's calls have another limit, which the path alone must not give to others. */
  private static boolean isRefused(HttpServletRequest request, int status) {
    return status == HttpServletResponse.SC_UNAUTHORIZED
        || (status == HttpServletResponse.SC_FORBIDDEN && isOfWorker(request));
  }

  private static boolean isOfWorker(HttpServletRequest request) {
    String path = path(request);
    return path.startsWith("/api/v1/worker/") || path.startsWith("/api/v1/attempts/");
  }

  /** Decoded, as whoever answers the call takes it. */
  private static String path(HttpServletRequest request) {
    return request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
  }

  private static String digest(String token) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private @Nullable Bucket bucket(String caller) {
    synchronized (buckets) {
      return buckets.get(caller);
    }
  }

  private Bucket bucket(String caller, int perMinute) {
    synchronized (buckets) {
      return buckets.computeIfAbsent(caller, _ -> full(perMinute));
    }
  }

  private void forget(String caller) {
    synchronized (buckets) {
      buckets.remove(caller);
    }
  }

  private static Bucket full(int perMinute) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
        .build();
  }

  private void refuse(HttpServletResponse response, long nanosToWait) throws IOException {
    long seconds = Math.max(1, Duration.ofNanos(nanosToWait).plusMillis(999).toSeconds());
    response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
    String detail = "You have called too often; call again in %d s".formatted(seconds);
    Problems.write(response, json, ErrorCode.TOO_MANY_CALLS, detail);
  }
}
