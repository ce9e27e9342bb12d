package io.millrace.stream;

import io.millrace.kafka.TrustedTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Values in state stores: Avro's single-object encoding, which names its schema by fingerprint.
 * State can so be restored without asking a registry, also what an older version wrote.
 */
final class StateSerde {
  private StateSerde() {}

  static <V extends SpecificRecord> Serde<V> of(Class<V> type) {
    TrustedTypes.declare();
    SpecificData model = SpecificData.getForClass(type);
    BinaryMessageEncoder<V> encoder = new BinaryMessageEncoder<>(model, model.getSchema(type));
    BinaryMessageDecoder<V> decoder = new BinaryMessageDecoder<>(model, model.getSchema(type));
    SchemaHistory.of(type.getSimpleName()).forEach(decoder::addSchema);
    Serializer<V> serializer = (topic, value) -> value == null ? null : encode(encoder, value);
    Deserializer<V> deserializer = (topic, bytes) -> bytes == null ? null : decode(decoder, bytes);
    return Serdes.serdeFrom(serializer, deserializer);
  }

  private static <V> byte[] encode(BinaryMessageEncoder<V> encoder, V value) {
    try {
      ByteBuffer buffer = encoder.encode(value);
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (IOException impossible) {
      throw new UncheckedIOException("Encoding to memory failed", impossible);
    }
  }

  private static <V> V decode(BinaryMessageDecoder<V> decoder, byte[] bytes) {
    try {
      return decoder.decode(bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "A value in a state store was written by a version newer than this one, or is damaged",
          failure);
    }
  }
}
