package io.millrace.kafka.topic;

import io.millrace.kafka.format.LearnedFormat;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Serdes in the Confluent wire format: a zero byte, the schema's id in four bytes, Avro binary. One
 * serializer and one deserializer of the library serve every topic and thread; once the format is
 * known, records bypass them, see {@link LearnedFormat}.
 */
public final class RegistrySerdes implements TopicSerdes, AutoCloseable {
  private final Serializer<Object> serializer;
  private final Deserializer<Object> deserializer;

  /**
   * Opens no connection yet.
   *
   * @throws IllegalArgumentException when a class of the settings does not exist
   */
  public RegistrySerdes(RegistrySettings settings) {
    TrustedTypes.declare();
    serializer = serializer(settings);
    deserializer = deserializer(settings, true);
  }

  @SuppressWarnings("unchecked") // A serializer for Avro takes every generated class.
  private static Serializer<Object> serializer(RegistrySettings settings) {
    Serializer<Object> created =
        (Serializer<Object>) create(settings.serializer(), Serializer.class);
    created.configure(settings.serdeProperties(true), false);
    return created;
  }

  /**
   * A deserializer according to the settings.
   *
   * @param generatedClasses whether it returns the generated classes instead of generic records
   */
  @SuppressWarnings("unchecked") // The schema determines the type, which is checked on use.
  public static Deserializer<Object> deserializer(
      RegistrySettings settings, boolean generatedClasses) {
    Deserializer<Object> created =
        (Deserializer<Object>) create(settings.deserializer(), Deserializer.class);
    Map<String, Object> properties = settings.serdeProperties(generatedClasses);
    created.configure(properties, false);
    return created;
  }

  private static <T> T create(String className, Class<T> kind) {
    try {
      return Utils.newInstance(className, kind);
    } catch (ClassNotFoundException missing) {
      throw new IllegalArgumentException(
          ("The serializer class %s is not on the class path: choose another, or build with the"
                  + " profile that adds it")
              .formatted(className),
          missing);
    }
  }

  @Override
  public <V extends SpecificRecord> Serde<V> values(Topic<V> topic) {
    LearnedFormat<V> format = new LearnedFormat<>(topic.valueType(), serializer, deserializer);
    // Clients close their serdes; the shared ones stay open until this object is closed.
    return Serdes.serdeFrom(
        (name, value) -> value == null ? null : format.serialize(name, value),
        (name, bytes) -> bytes == null ? null : format.deserialize(name, bytes));
  }

  @Override
  public void close() {
    serializer.close();
    deserializer.close();
  }
}
