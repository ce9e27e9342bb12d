package io.millrace.flow.step;

import io.millrace.kafka.format.BinaryBuffers;
import io.millrace.kafka.format.CompiledReader;
import io.millrace.kafka.format.CompiledWriter;
import io.millrace.kafka.topic.TrustedTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Values in state stores: Avro's single-object encoding, which identifies the schema by its
 * fingerprint. State, including that of older versions, can be restored without a registry.
 */
public final class StateSerde {
  /** Avro's specification, "Single-object encoding". */
  private static final byte[] MARKER = {(byte) 0xC3, 0x01};

  private static final int HEADER_BYTES = MARKER.length + Long.BYTES;

  private StateSerde() {}

  public static <V extends SpecificRecord> Serde<V> of(Class<V> type) {
    TrustedTypes.declare();
    SpecificData model = SpecificData.getForClass(type);
    Schema schema = model.getSchema(type);
    byte[] header = header(schema);
    CompiledWriter<V> writer = new CompiledWriter<>(type);
    CompiledReader<V> reader = new CompiledReader<>(type);
    BinaryMessageDecoder<V> decoder = new BinaryMessageDecoder<>(model, schema);
    SchemaHistory.of(type.getSimpleName()).forEach(decoder::addSchema);
    Serializer<V> serializer =
        (topic, value) ->
            value == null ? null : BinaryBuffers.encoded(header, header.length, writer, value);
    Deserializer<V> deserializer =
        (topic, bytes) -> {
          if (bytes == null) {
            return null;
          }
          return startsWith(bytes, header)
              ? decode(reader, header.length, bytes)
              : decode(decoder, bytes);
        };
    return Serdes.serdeFrom(serializer, deserializer);
  }

  /** The prefix of every value of this schema: a marker and the schema's fingerprint. */
  private static byte[] header(Schema schema) {
    return ByteBuffer.allocate(HEADER_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MARKER)
        .putLong(SchemaNormalization.parsingFingerprint64(schema))
        .array();
  }

  private static boolean startsWith(byte[] bytes, byte[] header) {
    return bytes.length >= header.length
        && Arrays.equals(bytes, 0, header.length, header, 0, header.length);
  }

  private static <V extends SpecificRecord> V decode(
      CompiledReader<V> reader, int headerBytes, byte[] bytes) {
    try {
      return BinaryBuffers.decoded(bytes, headerBytes, reader);
    } catch (IOException failure) {
      throw new UncheckedIOException("A value in a state store is truncated", failure);
    }
  }

  private static <V> V decode(BinaryMessageDecoder<V> decoder, byte[] bytes) {
    try {
      return decoder.decode(bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "A value in a state store was written by a newer version than this one, or is damaged",
          failure);
    }
  }
}
