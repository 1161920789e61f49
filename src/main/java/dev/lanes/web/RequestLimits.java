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
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/** Refuses bodies above the limit, by their announced length or while they are read. */
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

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long limit = properties.maxBody().toBytes();
    if (request.getContentLengthLong() > limit) {
      ErrorCode code = ErrorCode.BODY_TOO_LARGE;
      response.setStatus(code.status().value());
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      String detail = message(request.getContentLengthLong() + " bytes", limit);
      json.writeValue(response.getOutputStream(), Problems.of(code, detail, List.of()));
      return;
    }
    chain.doFilter(new Limited(request, limit), response);
  }

  private static String message(String size, long limit) {
    return "The body has %s; at most %d bytes are allowed".formatted(size, limit);
  }

  private static final class Limited extends HttpServletRequestWrapper {
    private final long limit;

    Limited(HttpServletRequest request, long limit) {
      super(request);
      this.limit = limit;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new LimitedStream(super.getInputStream(), limit);
    }

    @Override
    public BufferedReader getReader() throws IOException {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
  }

  private static final class LimitedStream extends ServletInputStream {
    private final ServletInputStream body;
    private final long limit;
    private long read;

    LimitedStream(ServletInputStream body, long limit) {
      this.body = body;
      this.limit = limit;
    }

    private int count(int bytes) throws IOException {
      read += Math.max(bytes, 0);
      if (read > limit) {
        throw new BodyTooLarge(message("more than " + limit + " bytes", limit));
      }
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
