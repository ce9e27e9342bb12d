package io.millrace.flow.step;

import io.millrace.kafka.format.BinaryBuffers;
import io.millrace.kafka.format.CompiledReader;
import io.millrace.kafka.format.CompiledWriter;
import io.millrace.kafka.format.NewerStateException;
import io.millrace.kafka.topic.TrustedTypes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.MissingSchemaException;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.errors.ProcessorStateException;

/**
 * Values in state stores: Avro's single-object encoding, which identifies the schema by its
 * fingerprint. State, including that of older versions, can be restored without a registry.
 *
 * <p>A value that cannot be read is never the fault of the event that needs it: the deserializer
 * throws Kafka's exceptions for trouble with a store.
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
          try {
            return startsWith(bytes, header)
                ? BinaryBuffers.decoded(bytes, header.length, reader)
                : decoder.decode(bytes);
          } catch (MissingSchemaException newer) {
            throw new NewerStateException(type.getSimpleName(), newer);
          } catch (IOException | RuntimeException damage) {
            throw new ProcessorStateException(
                "A value of type %s in a state store is damaged".formatted(type.getSimpleName()),
                damage);
          }
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
}
