package io.millrace.bench.reference;

import io.millrace.config.setting.Settings;
import io.millrace.kafka.streams.CaughtUpConsumers;
import io.millrace.kafka.streams.StreamSettings;
import io.millrace.kafka.streams.StreamsRunner;
import io.millrace.kafka.topic.KafkaSettings;
import io.millrace.kafka.topic.RegistrySerdes;
import io.millrace.kafka.topic.RegistrySettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.Topology;

/**
 * The applications that the flow is compared with, run with the flow's settings: exactly once,
 * commits every half second, the same RocksDB.
 */
public enum ReferenceApplication {
  /** Every delivery is read and written again, byte for byte: the minimum cost of Kafka Streams. */
  BYTES("bytes through Kafka Streams") {
    @Override
    Topology topology(RegistrySerdes serdes) {
      return TrivialTopologies.bytes();
    }

    @Override
    List<String> inputs() {
      return List.of(TrivialTopologies.DELIVERIES);
    }

    @Override
    List<String> outputs() {
      return List.of(TrivialTopologies.BYTES);
    }
  },

  /**
   * The hops of the flow with almost no work: a record of a few bytes gets its key, is written,
   * read again, looked up among the seen ones, counted and written.
   */
  HOPS("the same hops, trivial payloads") {
    @Override
    Topology topology(RegistrySerdes serdes) {
      return TrivialTopologies.hops();
    }

    @Override
    List<String> inputs() {
      return List.of(TrivialTopologies.SMALL, TrivialTopologies.SMALL_KEYED);
    }

    @Override
    List<String> outputs() {
      return List.of(
          TrivialTopologies.SMALL, TrivialTopologies.SMALL_KEYED, TrivialTopologies.SMALL_COUNTED);
    }
  },

  /** The same task as the usual examples of Kafka Streams solve it, with the DSL. */
  TEXTBOOK("textbook version") {
    // The DSL's own default; the flow needs none.
    @Override
    Map<String, String> properties() {
      return Map.of("statestore.cache.max.bytes", "10485760");
    }

    @Override
    Topology topology(RegistrySerdes serdes) {
      return TextbookTopology.of(serdes);
    }

    @Override
    List<String> inputs() {
      return List.of(
          TrivialTopologies.DELIVERIES,
          group() + "-" + TextbookTopology.BY_PERSON + "-repartition",
          group() + "-" + TextbookTopology.BY_RECORD + "-repartition");
    }

    @Override
    List<String> outputs() {
      return List.of(TextbookTopology.EVENTS, TextbookTopology.MINUTES, TextbookTopology.RECORDS);
    }
  };

  private static final String PREFIX = "bench";

  private final String title;

  ReferenceApplication(String title) {
    this.title = title;
  }

  /** The settings of the references: the flow's defaults. */
  public static StreamSettings settings(Path state, Map<String, String> properties) {
    Map<String, String> given = new HashMap<>();
    properties.forEach((key, value) -> given.put("stream.client." + key, value));
    given.put("stream.application.prefix", PREFIX);
    given.put("stream.instance", "1");
    given.put("stream.state.directory", state.toString());
    return Settings.read(StreamSettings.class, given);
  }

  /**
   * Starts it in this process; closing stops it.
   *
   * @param state the directory of its stores
   */
  public AutoCloseable start(KafkaSettings kafka, RegistrySettings registry, Path state) {
    RegistrySerdes serdes = new RegistrySerdes(registry);
    StreamsRunner runner =
        new StreamsRunner(
            role(),
            topology(serdes),
            kafka,
            settings(state, properties()),
            new CaughtUpConsumers());
    runner.start();
    return () -> {
      runner.close();
      serdes.close();
    };
  }

  /** The reference of this name, as {@link #role()} gives it. */
  public static Optional<ReferenceApplication> named(String name) {
    return List.of(values()).stream().filter(it -> it.role().equals(name)).findFirst();
  }

  /** Its name on the command line. */
  String role() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its title next to the figures. */
  public String title() {
    return title;
  }

  /** Its consumer group. */
  String group() {
    return PREFIX + "-" + role();
  }

  /** Settings of Kafka Streams that differ from the flow's. */
  Map<String, String> properties() {
    return Map.of();
  }

  abstract Topology topology(RegistrySerdes serdes);

  /** The topics it reads, in the order of its flow. */
  abstract List<String> inputs();

  /** The topics that must be created for it. */
  abstract List<String> outputs();
}
