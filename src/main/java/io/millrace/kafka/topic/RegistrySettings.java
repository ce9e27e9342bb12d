package io.millrace.kafka.topic;

import io.millrace.config.setting.Below;
import io.millrace.config.setting.Default;
import io.millrace.config.setting.Key;
import io.millrace.config.setting.MustBe;
import io.millrace.config.setting.Says;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * How to connect to the schema registry, and which serializer to use. Apicurio's and Confluent's
 * write the same bytes; no other class knows which one is in use.
 *
 * @param properties additional properties for the serializer and the deserializer, mainly
 *     credentials
 */
public record RegistrySettings(
    @Key("registry.url")
        @Default("http://127.0.0.1:8081/apis/ccompat/v7")
        @MustBe(
            value = "http or https URLs, several separated by commas",
            matching = "https?://[^\\s,/]+[^\\s,]*(,https?://[^\\s,/]+[^\\s,]*)*")
        @Says("The schema registry's Confluent-compatible API.")
        String url,
    @Key("registry.serializer")
        @Default(DEFAULT_SERIALIZER)
        @MustBe(value = "the full name of a class", matching = "[\\w$]+(\\.[\\w$]+)+")
        @Says("Class that writes Avro in the Confluent wire format.")
        String serializer,
    @Key("registry.deserializer")
        @Default(DEFAULT_DESERIALIZER)
        @MustBe(value = "the full name of a class", matching = "[\\w$]+(\\.[\\w$]+)+")
        @Says("Class that reads Avro in the Confluent wire format.")
        String deserializer,
    @Below("registry.client.") Map<String, String> properties) {
  public static final String DEFAULT_SERIALIZER =
      "io.apicurio.registry.serde.avro.AvroKafkaSerializer";
  public static final String DEFAULT_DESERIALIZER =
      "io.apicurio.registry.serde.avro.AvroKafkaDeserializer";

  private static final String CONFLUENT_PATH = "/apis/ccompat/v7";

  public RegistrySettings {
    if (!url.startsWith("http://") && !url.startsWith("https://")) {
      throw new IllegalArgumentException(
          "registry.url is '%s': it must be an http or https address, like http://127.0.0.1:8081%s"
              .formatted(url, CONFLUENT_PATH));
    }
    try {
      url = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url).toString();
    } catch (IllegalArgumentException notAnAddress) {
      throw new IllegalArgumentException(
          "registry.url is invalid: " + notAnAddress.getMessage(), notAnAddress);
    }
    properties = Map.copyOf(properties);
  }

  /** A registry without authentication, with the serializer that is part of Millrace. */
  public static RegistrySettings of(String url) {
    return new RegistrySettings(url, DEFAULT_SERIALIZER, DEFAULT_DESERIALIZER, Map.of());
  }

  /**
   * The configuration of a serializer or deserializer; each ignores what it does not know.
   *
   * @param generatedClasses whether reading returns the generated classes instead of generic
   *     records
   */
  public Map<String, Object> serdeProperties(boolean generatedClasses) {
    Map<String, Object> all = new HashMap<>();
    addApicurio(all, generatedClasses);
    addConfluent(all, generatedClasses);
    all.putAll(properties);
    return all;
  }

  private void addApicurio(Map<String, Object> all, boolean generatedClasses) {
    all.put("apicurio.registry.url", url.replace(CONFLUENT_PATH, "/apis/registry/v3"));
    all.put("apicurio.registry.auto-register", false);
    all.put("apicurio.registry.use-specific-avro-reader", generatedClasses);
    all.put("apicurio.registry.avro-datum-provider", PublishedDatumProvider.class.getName());
    // A record within a record is part of its schema here, not a schema of its own.
    all.put("apicurio.registry.dereference-schema", true);
    // The id of a schema never changes: what was looked up once stays valid while the registry is
    // unavailable.
    all.put("apicurio.registry.check-period-ms", Duration.ofDays(1).toMillis());
    all.put("apicurio.registry.fault-tolerant-refresh", true);
    all.put("apicurio.registry.http.adapter", "JDK");
  }

  private void addConfluent(Map<String, Object> all, boolean generatedClasses) {
    all.put("schema.registry.url", url);
    all.put("auto.register.schemas", false);
    all.put("avro.remove.java.properties", true);
    all.put("specific.avro.reader", generatedClasses);
  }

  /** Without the values of the properties, which may be passwords. */
  @Override
  public String toString() {
    return "RegistrySettings[" + url + ", " + new TreeSet<>(properties.keySet()) + "]";
  }
}
