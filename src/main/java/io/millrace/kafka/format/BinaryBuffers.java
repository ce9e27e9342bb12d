package io.millrace.kafka.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.specific.SpecificRecord;

/** Avro's binary encoding after a header, in buffers that each thread reuses. */
public final class BinaryBuffers {
  private static final ThreadLocal<BinaryOutput> OUTPUT =
      ThreadLocal.withInitial(BinaryOutput::new);
  private static final ThreadLocal<BinaryInput> INPUT = ThreadLocal.withInitial(BinaryInput::new);

  private BinaryBuffers() {}

  /** The bytes of a header, followed by a value. */
  public static <V extends SpecificRecord> byte[] encoded(
      byte[] header, int headerBytes, CompiledWriter<V> writer, V value) {
    BinaryOutput output = OUTPUT.get();
    // Also drops what a value that did not match its schema has left behind.
    output.reset();
    output.write(header, 0, headerBytes);
    try {
      writer.write(value, output);
    } catch (IOException impossible) {
      throw new UncheckedIOException("Encoding to memory failed", impossible);
    }
    return output.toByteArray();
  }

  /** How many bytes a value has, without a header. */
  static <V extends SpecificRecord> int size(CompiledWriter<V> writer, V value) {
    BinaryOutput output = OUTPUT.get();
    output.reset();
    try {
      writer.write(value, output);
    } catch (IOException impossible) {
      throw new UncheckedIOException("Encoding to memory failed", impossible);
    }
    return output.size();
  }

  /**
   * The value after a header.
   *
   * @throws IOException when the bytes end before the value does, or are not such a value
   */
  public static <V extends SpecificRecord> V decoded(
      byte[] bytes, int headerBytes, CompiledReader<V> reader) throws IOException {
    BinaryInput input = INPUT.get();
    input.reset(bytes, headerBytes);
    try {
      return reader.read(input);
    } finally {
      input.clear();
    }
  }
}
