package dev.lanes.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refuses bodies above the limit, by their announced length or while they are read, and those that
 * take too long.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestLimits extends OncePerRequestFilter {

  private final WebProperties properties;
  private final JsonMapper json;

  RequestLimits(WebProperties properties, JsonMapper json) {
    this.properties = properties;
    this.json = json;
  }

  /** A body that turned out to be too long. */
  static final class BodyTooLarge extends IOException {
    BodyTooLarge(String message) {
      super(message);
    }
  }

  /** A body of which the end did not come in time. */
  static final class BodyTooSlow extends IOException {
    BodyTooSlow(String message) {
      super(message);
    }
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    boolean imported = request.getRequestURI().startsWith("/api/v1/imports");
    long limit = (imported ? properties.maxImport() : properties.maxBody()).toBytes();
    if (request.getContentLengthLong() > limit) {
      String detail = message(request.getContentLengthLong() + " bytes", limit);
      Problems.write(response, json, ErrorCode.BODY_TOO_LARGE, detail);
      return;
    }
    chain.doFilter(new Limited(request, limit, properties.maxBodyTime()), response);
  }

  private static String message(String size, long limit) {
    return "The body has %s; at most %d bytes are allowed".formatted(size, limit);
  }

  private static final class Limited extends HttpServletRequestWrapper {
    private final long limit;
    private final Duration time;

    Limited(HttpServletRequest request, long limit, Duration time) {
      super(request);
      this.limit = limit;
      this.time = time;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new LimitedStream(super.getInputStream(), limit, this::refuseSlow);
    }

    /** Fails when the body has taken too long, counted from when its reading began. */
    private void refuseSlow(long began) throws IOException {
      if (System.nanoTime() - began > time.toNanos()) {
        setAttribute(SlowCallers.TOO_SLOW, true);
        throw new BodyTooSlow(
            "The body was not there within %d s; send it faster".formatted(time.toSeconds()));
      }
    }

    @Override
    public BufferedReader getReader() throws IOException {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
  }

  private interface Deadline {
    void check(long began) throws IOException;
  }

  private static final class LimitedStream extends ServletInputStream {
    private final ServletInputStream body;
    private final long limit;
    private final Deadline deadline;
    private final long began = System.nanoTime();
    private long read;

    LimitedStream(ServletInputStream body, long limit, Deadline deadline) {
      this.body = body;
      this.limit = limit;
      this.deadline = deadline;
    }

    private int count(int bytes) throws IOException {
      read += Math.max(bytes, 0);
      if (read > limit) {
        throw new BodyTooLarge(message("more than " + limit + " bytes", limit));
      }
      deadline.check(began);
      return bytes;
    }

    @Override
    public int read() throws IOException {
      int value = body.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return count(body.read(buffer, offset, length));
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }
  }
}
