package io.millrace.kafka;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Avro's binary encoding behind a header, in buffers that each thread uses again and again. */
public final class BinaryBuffers {
  private static final int FIRST_SIZE = 1024;

  /** A buffer that one large value has grown is not kept for all the small ones behind it. */
  private static final int MOST_KEPT = 256 * 1024;

  private static final ThreadLocal<BinaryBuffers> OF_THREAD =
      ThreadLocal.withInitial(BinaryBuffers::new);

  private ByteArrayOutputStream bytes = new ByteArrayOutputStream(FIRST_SIZE);
  private @Nullable BinaryEncoder encoder;
  private @Nullable BinaryDecoder decoder;

  private BinaryBuffers() {}

  /** The first bytes of a header, and a value behind them. */
  public static <V extends SpecificRecord> byte[] encoded(
      byte[] header, int headerBytes, CompiledWriter<V> writer, V value) {
    return OF_THREAD.get().encode(header, headerBytes, writer, value);
  }

  /**
   * The value behind a header.
   *
   * @throws IOException when the bytes end before the value does
   */
  public static <V> V decoded(byte[] bytes, int headerBytes, DatumReader<V> reader)
      throws IOException {
    BinaryBuffers own = OF_THREAD.get();
    BinaryDecoder reused =
        DecoderFactory.get()
            .binaryDecoder(bytes, headerBytes, bytes.length - headerBytes, own.decoder);
    own.decoder = reused;
    return reader.read(null, reused);
  }

  private <V extends SpecificRecord> byte[] encode(
      byte[] header, int headerBytes, CompiledWriter<V> writer, V value) {
    if (bytes.size() > MOST_KEPT) {
      bytes = new ByteArrayOutputStream(FIRST_SIZE);
    }
    bytes.reset();
    bytes.write(header, 0, headerBytes);
    // Also drops what a value that did not fit its schema has left in it.
    BinaryEncoder reused = EncoderFactory.get().binaryEncoder(bytes, encoder);
    encoder = reused;
    try {
      writer.write(value, reused);
      reused.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException("Encoding to memory failed", impossible);
    }
    return bytes.toByteArray();
  }
}
