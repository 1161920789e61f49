package dev.lanes.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Sends reports to a server. */
record Delivery(URI server, Path tokenFile) {

  /** Sends a report, and tells what became of it; whoever gets no answer can send it later. */
  String send(Path report) throws IOException, InterruptedException {
    String later = "send it later with: src/bench/run send " + report;
    if (!Files.isReadable(tokenFile)) {
      return "not sent: there is no token in %s; %s".formatted(tokenFile, later);
    }
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/api/v1/instrument/self-tests"))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + Files.readString(tokenFile).strip())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofFile(report))
            .build();
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 201
          ? "sent to %s".formatted(server)
          : "%s refuses it with %d: %s; %s"
              .formatted(server, answer.statusCode(), answer.body(), later);
    } catch (ConnectException | HttpTimeoutException e) {
      return "not sent: %s does not answer; %s".formatted(server, later);
    }
  }
}
