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
import java.util.Optional;

/** JSON over HTTP to one server, with errors that name it. */
final class RestClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private final String server;
  private final String url;
  private final Optional<String> authorization;
  private final String remedy;

  RestClient(String server, String url) {
    this(server, url, Optional.empty(), "");
  }

  /**
   * @param authorization the value of the header with which every request is sent
   * @param remedy added to the message when it is missing or wrong
   */
  RestClient(String server, String url, Optional<String> authorization, String remedy) {
    this.server = server;
    this.url = url;
    this.authorization = authorization;
    this.remedy = remedy;
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
    authorization.ifPresent(value -> request.header("Authorization", value));
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
            "the %s at %s refused to %s: %d %s%s"
                .formatted(server, url, what, status, body, status == 401 ? remedy : ""));
      }
      return this;
    }
  }
}
