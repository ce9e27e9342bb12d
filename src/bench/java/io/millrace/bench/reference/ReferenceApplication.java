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
 * What the flow is compared with, run with the settings of the flow: exactly once, commits every
 * half second, the same RocksDB.
 */
public enum ReferenceApplication {
  /** Every delivery is read and written again, byte for byte: what Kafka Streams costs at least. */
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
   * The hops of the flow with next to nothing in them: a record of a few bytes is given its key,
   * written, read again, looked up among those seen, counted and written.
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

  /** What the usual examples of Kafka Streams make of the same task, with the DSL. */
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

  /** How whatever is measured beside the flow runs: as the flow does by default. */
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
   * @param state where its stores lie
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

  /** What it is called beside the figures. */
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

  /** The topics that have to be created for it. */
  abstract List<String> outputs();
}
