package dev.lanes.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a server as any program would, and takes every answer as it comes. */
public final class Caller {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String address;
  private final @Nullable String token;
  private final String accepted;

  public Caller(String address, @Nullable String token) {
    this(address, token, "*/*");
  }

  private Caller(String address, @Nullable String token, String accepted) {
    this.address = address;
    this.token = token;
    this.accepted = accepted;
  }

  /** The same caller, who wants answers of another type. */
  public Caller accepting(String type) {
    return new Caller(address, token, type);
  }

  /** What the server answered. */
  public record Answer(int status, HttpResponse<String> response) {

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    public String body() {
      return response.body();
    }

    public JsonNode json() {
      return JsonMapper.shared().readTree(response.body());
    }
  }

  public Answer get(String path) {
    return send(path, HttpRequest.Builder::GET);
  }

  /** Posts JSON, with further headers as name, value, name, value, … */
  public Answer post(String path, String json, String... headers) {
    return send(path, request -> json(request, headers).POST(BodyPublishers.ofString(json)));
  }

  public Answer put(String path, byte[] json, String... headers) {
    return send(path, request -> json(request, headers).PUT(BodyPublishers.ofByteArray(json)));
  }

  public Answer put(String path, String json, String... headers) {
    return send(path, request -> json(request, headers).PUT(BodyPublishers.ofString(json)));
  }

  public Answer patch(String path, String json, String... headers) {
    return send(
        path, request -> json(request, headers).method("PATCH", BodyPublishers.ofString(json)));
  }

  public Answer delete(String path, String... headers) {
    return send(
        path, request -> (headers.length == 0 ? request : request.headers(headers)).DELETE());
  }

  private static HttpRequest.Builder json(HttpRequest.Builder request, String... headers) {
    request.header("Content-Type", "application/json");
    return headers.length == 0 ? request : request.headers(headers);
  }

  /** Sends any method with any body. */
  public Answer send(String method, String path, String contentType, BodyPublisher body) {
    return send(path, request -> request.header("Content-Type", contentType).method(method, body));
  }

  private Answer send(String path, UnaryOperator<HttpRequest.Builder> change) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(30));
    request.header("Accept", accepted);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<String> response =
          HTTP.send(change.apply(request).build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while calling " + path, e);
    }
  }
}
