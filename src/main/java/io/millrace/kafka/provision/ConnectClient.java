package io.millrace.kafka.provision;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.kafka.topic.ProvisioningException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The REST API of a Kafka Connect cluster. */
public final class ConnectClient {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectClient.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final RestClient rest;

  /** A client of a worker that requires no password. */
  public ConnectClient(String url) {
    this(url, Optional.empty());
  }

  /** A client with a user and a password, sent as basic authentication. */
  public ConnectClient(String url, String user, String password) {
    this(url, Optional.of(basic(user + ":" + password)));
  }

  private ConnectClient(String url, Optional<String> authorization) {
    this.rest =
        new RestClient("Connect worker", url, authorization, "; set connect.password to its own");
  }

  private static String basic(String userAndPassword) {
    byte[] bytes = userAndPassword.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * Creates or updates every connector whose configuration differs, and restarts failed ones.
   *
   * @throws ProvisioningException when Connect cannot be reached or refuses a configuration
   */
  public void put(Connectors connectors) {
    connectors.configurations().forEach(this::put);
  }

  private void put(String name, Map<String, String> configuration) {
    try {
      if (!isAsItShouldBe(name, configuration)) {
        String body = JSON.writeValueAsString(configuration);
        patiently(() -> rest.send("PUT", "/connectors/" + name + "/config", body))
            .orRefuse("accept the connector " + name);
        LOG.info("Deployed connector {}", name);
        return;
      }
      String restart = "/connectors/%s/restart?includeTasks=true&onlyFailed=true".formatted(name);
      patiently(() -> rest.send("POST", restart, "")).orRefuse("restart the connector " + name);
    } catch (IOException failure) {
      throw new ProvisioningException(
          "Connect's answer about connector %s is not JSON".formatted(name), failure);
    }
  }

  private boolean isAsItShouldBe(String name, Map<String, String> configuration)
      throws IOException {
    RestClient.Answer answer = patiently(() -> rest.get("/connectors/" + name + "/config"));
    if (answer.status() != 200) {
      return false;
    }
    Map<String, String> present =
        JSON.readValue(answer.body(), new TypeReference<Map<String, String>>() {});
    present.remove("name");
    return present.equals(configuration);
  }

  /** During a rebalance, Connect answers 409. */
  private RestClient.Answer patiently(Supplier<RestClient.Answer> request) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    RestClient.Answer answer = request.get();
    while (answer.status() == 409 && System.nanoTime() < deadline) {
      try {
        TimeUnit.MILLISECONDS.sleep(200);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new ProvisioningException("interrupted while asking Connect", stopped);
      }
      answer = request.get();
    }
    return answer;
  }
}
