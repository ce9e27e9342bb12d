package io.millrace.bench.stack;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.connector.policy.AllConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.connector.policy.ConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.runtime.distributed.DistributedConfig;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.apache.kafka.connect.runtime.rest.ConnectRestServer;
import org.apache.kafka.connect.runtime.rest.RestClient;

/**
 * A Kafka Connect worker in this process. Kafka's own way to start one ends the whole process when
 * it fails, and stops by itself, before or after its broker; so it is assembled here.
 */
final class ConnectWorker implements Part {
  private final StackSettings settings;
  private final StackSecrets secrets;
  private Optional<ConnectRestServer> rest = Optional.empty();
  private Optional<DistributedHerder> herder = Optional.empty();

  ConnectWorker(StackSettings settings, StackSecrets secrets) {
    this.settings = settings;
    this.secrets = secrets;
  }

  @Override
  public String title() {
    return "Connect worker";
  }

  @Override
  public void start() throws IOException {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try {
      assemble();
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private void assemble() throws IOException {
    Map<String, String> properties = properties();
    Plugins plugins = new Plugins(properties);
    plugins.compareAndSwapWithDelegatingLoader();
    DistributedConfig config = new DistributedConfig(properties);
    RestClient client = new RestClient(config);
    ConnectRestServer server =
        new ConnectRestServer(config.rebalanceTimeout(), client, config.originals());
    rest = Optional.of(server);
    server.initializeServer();
    DistributedHerder created = new Assembly().herder(config, plugins, server, client);
    herder = Optional.of(created);
    created.start();
    server.initializeResources(created);
  }

  private Map<String, String> properties() throws IOException {
    Map<String, String> properties = new HashMap<>();
    properties.put("bootstrap.servers", settings.endpoints().bootstrapServers());
    properties.put("group.id", "millrace-connect");
    properties.put("listeners", settings.endpoints().connectUrl());
    properties.put("rest.advertised.host.name", "127.0.0.1");
    properties.put("plugin.path", settings.parts().resolve("plugins").toString());
    // Our converter and the sink both declare themselves: no need to open every class to find them.
    properties.put("plugin.discovery", "SERVICE_LOAD");
    properties.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    properties.put("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    for (String storage : new String[] {"config", "offset", "status"}) {
      properties.put(storage + ".storage.topic", "connect-" + storage);
      properties.put(storage + ".storage.replication.factor", "1");
    }
    properties.put("offset.storage.partitions", "4");
    properties.put("status.storage.partitions", "2");
    // Connectors refer to the warehouse's password; Connect reads it from here and nothing else.
    properties.put("config.providers", "file");
    properties.put("config.providers.file.class", FileConfigProvider.class.getName());
    properties.put("config.providers.file.param.allowed.paths", secrets.warehouseFile().toString());
    properties.put("rest.extension.classes", "io.millrace.connect.RestGuard");
    properties.put("millrace.rest.password", secrets.connect());
    // The session of a killed worker must expire, and its tasks be taken over, within seconds.
    properties.put("scheduled.rebalance.max.delay.ms", "0");
    properties.put("session.timeout.ms", "6000");
    properties.put("heartbeat.interval.ms", "1500");
    properties.put("offset.flush.interval.ms", "2000");
    return properties;
  }

  @Override
  public void stop() {
    rest.ifPresent(ConnectRestServer::stop);
    herder.ifPresent(DistributedHerder::stop);
  }

  /** Gives access to methods that Kafka reserves for subclasses of its command. */
  private static final class Assembly extends ConnectDistributed {
    DistributedHerder herder(
        DistributedConfig config, Plugins plugins, ConnectRestServer server, RestClient client) {
      ConnectorClientConfigOverridePolicy policy = new AllConnectorClientConfigOverridePolicy();
      String workerId = server.advertisedUrl().getHost() + ":" + server.advertisedUrl().getPort();
      return createHerder(config, workerId, plugins, policy, server, client);
    }
  }
}
