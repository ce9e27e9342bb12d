package io.millrace.kafka.provision;

import io.millrace.kafka.topic.ProvisioningException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** JSON over HTTP to one server, with errors that name it. */
final class RestClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private final String server;
  private final String url;

  RestClient(String server, String url) {
    this.server = server;
    this.url = url;
  }

  Answer get(String path) {
    return send(HttpRequest.newBuilder(URI.create(url + path)).GET());
  }

  Answer send(String method, String path, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException failure) {
      throw new ProvisioningException(
          "the %s at %s cannot be reached (%s): check that it runs and that the address is right"
              .formatted(server, url, failure),
          failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new ProvisioningException("interrupted while asking the " + server, stopped);
    }
  }

  /** The server's answer. */
  final class Answer {
    private final int status;
    private final String body;

    private Answer(int status, String body) {
      this.status = status;
      this.body = body;
    }

    int status() {
      return status;
    }

    String body() {
      return body;
    }

    /** This answer if it is a success. */
    Answer orRefuse(String what) {
      if (status / 100 != 2) {
        throw new ProvisioningException(
            "the %s at %s refused to %s: %d %s".formatted(server, url, what, status, body));
      }
      return this;
    }
  }
}
