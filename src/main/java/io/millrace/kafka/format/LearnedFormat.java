package io.millrace.kafka.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wire format of one topic's values, learned from the configured serializer: the first value
 * goes through it. If the result is a header of five bytes and the value in Avro's binary encoding,
 * all later values are written and read here. The libraries compute the fingerprint of the schema
 * for every record, which costs more than the encoding. Anything else (an encrypting serializer, a
 * value of another schema version) stays with the library.
 *
 * <p>Thread-safe.
 */
public final class LearnedFormat<V extends SpecificRecord> {
  private static final int HEADER_BYTES = ForeignRecords.HEAD;

  /** Time between checks for a schema that is not in the registry yet. */
  private static final long LOOK_EVERY_NANOS = Duration.ofSeconds(30).toNanos();

  private static final Logger LOG = LoggerFactory.getLogger(LearnedFormat.class);

  private final Serializer<Object> serializer;
  private final Deserializer<Object> deserializer;
  private final Class<V> type;
  private final CompiledWriter<V> writer;
  private final CompiledReader<V> reader;

  /** The header of values with our own schema; null until a value was written or read. */
  private volatile byte @Nullable [] header;

  /** Whether the library writes another format. */
  private volatile boolean leftToLibrary;

  /** When to look for our schema again if the registry did not have it; by System.nanoTime. */
  private volatile long lookAgainAt = System.nanoTime();

  public LearnedFormat(
      Class<V> type, Serializer<Object> serializer, Deserializer<Object> deserializer) {
    this.type = type;
    this.serializer = serializer;
    this.deserializer = deserializer;
    this.writer = new CompiledWriter<>(type);
    this.reader = new CompiledReader<>(type);
  }

  public byte[] serialize(String topic, V value) {
    byte[] known = header;
    if (known != null) {
      return encoded(known, value);
    }
    byte[] written = serializer.serialize(topic, value);
    if (!leftToLibrary) {
      learn(written, value);
    }
    return written;
  }

  public V deserialize(String topic, byte[] bytes) {
    byte[] known = header;
    if (known != null && startsWith(bytes, known)) {
      return decoded(bytes);
    }
    V read = type.cast(deserializer.deserialize(topic, bytes));
    if (known == null && !leftToLibrary && System.nanoTime() - lookAgainAt >= 0) {
      learnFromReader(topic, read);
    }
    return read;
  }

  /**
   * A value contains the id of its writer's schema, but not whether that is ours. The serializer
   * knows: it looks up the id of our schema.
   */
  private void learnFromReader(String topic, V read) {
    try {
      byte[] written = serializer.serialize(topic, read);
      learn(written, read);
    } catch (RuntimeException notRegistered) {
      // A reader may be newer than every writer; then its schema is not registered yet.
      lookAgainAt = System.nanoTime() + LOOK_EVERY_NANOS;
      LOG.atDebug()
          .setCause(notRegistered)
          .log("This version's schema of {} is not in the registry", topic);
    }
  }

  private void learn(byte[] written, V value) {
    if (ForeignRecords.isOurs(written) && Arrays.equals(encoded(written, value), written)) {
      header = Arrays.copyOf(written, HEADER_BYTES);
    } else {
      leftToLibrary = true;
      LOG.info(
          "{} values are written by {}, which writes more than a schema id and Avro; that costs"
              + " several microseconds per value",
          type.getSimpleName(),
          serializer.getClass().getName());
    }
  }

  private byte[] encoded(byte[] start, V value) {
    return BinaryBuffers.encoded(start, HEADER_BYTES, writer, value);
  }

  private V decoded(byte[] bytes) {
    try {
      return BinaryBuffers.decoded(bytes, HEADER_BYTES, reader);
    } catch (IOException damaged) {
      throw new UncheckedIOException("A value of " + type.getSimpleName() + " is cut off", damaged);
    }
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= HEADER_BYTES
        && Arrays.equals(bytes, 0, HEADER_BYTES, start, 0, HEADER_BYTES);
  }
}
