package io.millrace.kafka.format;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes Avro's binary encoding into a growing array. Avro's own encoder copies every byte twice
 * more, from a buffer to a stream and from there to an array.
 */
final class BinaryOutput extends OutputStream {
  private static final int FIRST_SIZE = 1024;

  /** An array that grew for one large value is not kept for the small values after it. */
  private static final int MOST_KEPT = 256 * 1024;

  private static final int LONGEST_NUMBER = 10;

  private byte[] bytes = new byte[FIRST_SIZE];
  private int size;

  /** Starts over. */
  void reset() {
    if (bytes.length > MOST_KEPT) {
      bytes = new byte[FIRST_SIZE];
    }
    size = 0;
  }

  int size() {
    return size;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  @Override
  public void write(int single) {
    ensure(1);
    bytes[size++] = (byte) single;
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    ensure(length);
    System.arraycopy(from, offset, bytes, size, length);
    size += length;
  }

  /** An int or a long: zigzag, seven bits per byte, lowest first. */
  void writeNumber(long number) {
    ensure(LONGEST_NUMBER);
    long rest = (number << 1) ^ (number >> (Long.SIZE - 1));
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void writeBoolean(boolean value) {
    write(value ? 1 : 0);
  }

  void writeDouble(double value) {
    ensure(Double.BYTES);
    long bits = Double.doubleToRawLongBits(value);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      bytes[size++] = (byte) (bits >>> shift);
    }
  }

  void writeText(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    writeNumber(encoded.length);
    write(encoded, 0, encoded.length);
  }

  void writeBytes(ByteBuffer value) {
    int length = value.remaining();
    writeNumber(length);
    ensure(length);
    value.get(value.position(), bytes, size, length);
    size += length;
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 2));
    }
  }
}
