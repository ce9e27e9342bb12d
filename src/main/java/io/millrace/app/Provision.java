package io.millrace.app;

import io.millrace.config.Config;
import io.millrace.kafka.provision.ConnectClient;
import io.millrace.kafka.provision.Connectors;
import io.millrace.kafka.provision.Provisioning;
import io.millrace.kafka.provision.TopicSettings;
import io.millrace.kafka.topic.ProvisioningException;
import io.millrace.yaml.InvalidFileException;
import java.util.Map;

/** Creates topics, schemas and connectors on a cluster, as declared in topology/. */
public final class Provision {
  private Provision() {}

  /**
   * Creates the topics and registers the schemas.
   *
   * @throws CommandException when something cannot be reached, or a file is not valid
   */
  public static void topicsAndSchemas(Config config) {
    try {
      TopicSettings topics = TopicSettings.load(config.topology().topics());
      new Provisioning(config.kafka(), config.registry())
          .provision(topics, (short) config.topology().topicReplication());
    } catch (InvalidFileException invalid) {
      throw CommandException.usage(String.valueOf(invalid.getMessage()));
    } catch (ProvisioningException failure) {
      throw CommandException.unreachable(String.valueOf(failure.getMessage()));
    }
  }

  /**
   * Deploys the connectors. A {@code ${key}} in them is replaced by the setting with that key.
   *
   * @throws ProvisioningException when Connect cannot be reached or refuses one
   */
  public static void connectors(Config config) {
    Connectors connectors = Connectors.load(config.connect().connectors(), values(config));
    client(config.connect()).put(connectors);
  }

  private static ConnectClient client(Config.Connect connect) {
    String url = connect.url().toString();
    return connect
        .password()
        .map(SecretReference::resolve)
        .map(password -> new ConnectClient(url, connect.user(), password))
        .orElseGet(() -> new ConnectClient(url));
  }

  private static Map<String, String> values(Config config) {
    return Map.of(
        "registry.url", config.registry().url(),
        "warehouse.jdbc.url", config.warehouse().jdbcUrl(),
        "warehouse.user", config.warehouse().user(),
        "warehouse.password", config.warehouse().password(),
        "topics.replication", Integer.toString(config.topology().topicReplication()));
  }
}
