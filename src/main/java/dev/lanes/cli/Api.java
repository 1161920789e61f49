package dev.lanes.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of the REST API, and the options that say which server and who calls. */
final class Api {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "${env:LANES_SERVER:-http://localhost:8080}",
      description = "Address of the server, else $LANES_SERVER, else ${DEFAULT-VALUE}.")
  private String server = "";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "File with the token, else the token in $$LANES_TOKEN, else for a server on this machine"
              + " the file token in $$LANES_HOME or ~/.lanes.")
  private @Nullable Path tokenFile;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  /** Where a person finds the page of a run. */
  String page(String run) {
    return address("/runs/" + run).toString();
  }

  JsonNode get(String path) {
    return json(send(path, HttpRequest.newBuilder().GET()));
  }

  JsonNode post(String path, String body) {
    return json(
        send(
            path,
            HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(body))));
  }

  /** The answer as it is, for who wants no JSON. */
  HttpResponse<byte[]> getBytes(String path) {
    return send(path, HttpRequest.newBuilder().GET());
  }

  private HttpResponse<byte[]> send(String path, HttpRequest.Builder request) {
    URI address = address(path);
    request.uri(address).timeout(TIMEOUT);
    String token = token(address.getHost());
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<byte[]> response;
    try {
      response = http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new CallFailed("%s does not answer (%s)".formatted(server, e), true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallFailed("interrupted while waiting for " + server, false);
    }
    if (response.statusCode() / 100 != 2) {
      boolean passing = response.statusCode() >= 500 || response.statusCode() == 429;
      throw new CallFailed(refusal(response), passing);
    }
    return response;
  }

  private URI address(String path) {
    try {
      URI address = URI.create(server.replaceAll("/+$", "") + path);
      if (address.getHost() != null && String.valueOf(address.getScheme()).matches("https?")) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw new CallFailed(
        "the server is \"%s\"; it must be an address as http://localhost:8080".formatted(server),
        false);
  }

  /** The token of this machine's server goes to no other one. */
  private @Nullable String token(String host) {
    String given = System.getenv("LANES_TOKEN");
    Path file = tokenFile;
    if (file == null && given != null && !given.isBlank()) {
      return given.strip();
    }
    if (file == null) {
      String home = System.getenv("LANES_HOME");
      file =
          home == null
              ? Path.of(System.getProperty("user.home"), ".lanes", "token")
              : Path.of(home, "token");
      if (!THIS_MACHINE.contains(host) || Files.notExists(file)) {
        return null;
      }
    }
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new CallFailed("the token cannot be read: " + e, false);
    }
  }

  private static JsonNode json(HttpResponse<byte[]> response) {
    try {
      return JsonMapper.shared().readTree(response.body());
    } catch (JacksonException e) {
      throw new CallFailed(response.uri() + " is no Lanes: its answer is not JSON", false);
    }
  }

  /** What a problem says, with every field that it complains of. */
  private static String refusal(HttpResponse<byte[]> response) {
    String body = new String(response.body(), StandardCharsets.UTF_8);
    StringBuilder text =
        new StringBuilder("the server answers %d".formatted(response.statusCode()));
    try {
      JsonNode problem = JsonMapper.shared().readTree(body);
      String detail = problem.path("detail").asString("");
      text.append(Objects.equals(detail, "") ? "" : ": " + detail);
      for (JsonNode error : problem.path("errors")) {
        text.append(
            "%n  %s %s"
                .formatted(error.path("pointer").asString(""), error.path("detail").asString("")));
        if (error.path("allowed").isArray()) {
          text.append("; allowed: ").append(error.path("allowed"));
        }
      }
    } catch (JacksonException e) {
      text.append("; it may be no Lanes");
    }
    return text.toString();
  }
}
