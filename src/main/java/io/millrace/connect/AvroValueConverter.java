package io.millrace.connect;

import io.millrace.kafka.topic.RegistrySerdes;
import io.millrace.kafka.topic.RegistrySettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Converts the values of our topics for Connect's sinks, with the same deserializer as everywhere
 * else.
 */
public final class AvroValueConverter implements Converter, Versioned {
  static final String REGISTRY_URL = "registry.url";
  static final String DESERIALIZER = "registry.deserializer";
  private static final String PROPERTY_PREFIX = "registry.property.";

  private Optional<Deserializer<Object>> deserializer = Optional.empty();
  private final ConnectRecords records = new ConnectRecords();

  /** Created by Connect. */
  public AvroValueConverter() {}

  @Override
  public ConfigDef config() {
    return new ConfigDef()
        .define(
            REGISTRY_URL,
            ConfigDef.Type.STRING,
            ConfigDef.Importance.HIGH,
            "URL of the schema registry's Confluent-compatible API")
        .define(
            DESERIALIZER,
            ConfigDef.Type.STRING,
            RegistrySettings.DEFAULT_DESERIALIZER,
            ConfigDef.Importance.LOW,
            "Class name of the Avro deserializer; its own properties have the prefix "
                + PROPERTY_PREFIX);
  }

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    AbstractConfig parsed = new AbstractConfig(config(), configs, false);
    Map<String, String> properties = new HashMap<>();
    configs.forEach(
        (name, value) -> {
          if (name.startsWith(PROPERTY_PREFIX)) {
            properties.put(name.substring(PROPERTY_PREFIX.length()), String.valueOf(value));
          }
        });
    RegistrySettings settings =
        new RegistrySettings(
            parsed.getString(REGISTRY_URL),
            RegistrySettings.DEFAULT_SERIALIZER,
            parsed.getString(DESERIALIZER),
            properties);
    deserializer = Optional.of(RegistrySerdes.deserializer(settings, false));
  }

  @Override
  public SchemaAndValue toConnectData(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return SchemaAndValue.NULL;
    }
    Object value = read(topic, bytes);
    if (value instanceof GenericRecord record) {
      return records.convert(record);
    }
    throw new DataException("A value of " + topic + " is not a record");
  }

  private Object read(String topic, byte[] bytes) {
    try {
      return deserializer
          .orElseThrow(() -> new IllegalStateException("The converter has not been configured"))
          .deserialize(topic, bytes);
    } catch (RuntimeException failure) {
      // Connect routes only its own exception to its dead letters.
      throw new DataException(
          "A value of %s could not be read as Avro in the Confluent wire format: %s"
              .formatted(topic, failure.getMessage()),
          failure);
    }
  }

  @Override
  public byte[] fromConnectData(String topic, Schema schema, Object value) {
    throw new DataException(
        "The AvroValueConverter is read-only: connectors cannot write to the topics of Millrace");
  }

  @Override
  public String version() {
    return "0.1.0";
  }

  @Override
  public void close() {
    deserializer.ifPresent(Deserializer::close);
  }
}
