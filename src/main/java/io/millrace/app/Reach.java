package io.millrace.app;

import io.millrace.kafka.read.ClusterAnswers;
import io.millrace.kafka.topic.KafkaSettings;
import io.millrace.kafka.topic.ProvisioningException;
import io.millrace.kafka.topic.RegistrySettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * Checks that another process answers before a command begins to work with it. The clients
 * themselves wait a minute or more, and then for each request again.
 */
public final class Reach {
  private Reach() {}

  /**
   * Returns once the cluster has answered.
   *
   * @throws CommandException when it does not within the time
   */
  public static void kafka(KafkaSettings kafka, Duration patience) {
    int millis = Math.toIntExact(patience.toMillis());
    Map<String, Object> properties =
        kafka.with(Map.of("default.api.timeout.ms", millis, "request.timeout.ms", millis));
    try {
      Admin admin = Admin.create(properties);
      try {
        new ClusterAnswers(patience, why -> why).await(admin.describeCluster().clusterId());
      } finally {
        // Without waiting for the answer that did not come.
        admin.close(Duration.ZERO);
      }
    } catch (KafkaException | ProvisioningException failure) {
      throw CommandException.unreachable(
          "Kafka at %s did not answer within %d s (%s): check that it runs, and kafka.bootstrap.servers"
              .formatted(kafka.bootstrapServers(), patience.toSeconds(), failure.getMessage()));
    }
  }

  /**
   * Returns once the schema registry has answered, whatever the answer is.
   *
   * @throws CommandException when it does not within the time
   */
  public static void registry(RegistrySettings registry, Duration patience) {
    String url = registry.url().split(",", 2)[0];
    HttpClient http = HttpClient.newBuilder().connectTimeout(patience).build();
    try {
      http.send(
          HttpRequest.newBuilder(URI.create(url + "/subjects")).timeout(patience).build(),
          BodyHandlers.discarding());
    } catch (SSLException answered) {
      // The client that works with it may have other certificates.
      return;
    } catch (IOException silent) {
      throw CommandException.unreachable(
          "The schema registry at %s did not answer within %d s (%s): check that it runs, and registry.url"
              .formatted(url, patience.toSeconds(), silent));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw CommandException.unreachable("Interrupted while waiting for the schema registry");
    } finally {
      http.shutdownNow();
    }
  }
}
