package io.millrace.kafka.format;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads Avro's binary encoding from an array, and never past its end, whatever it contains. */
final class BinaryInput {
  /** A power of two: words are found by the lowest bits of their hash. */
  private static final int WORDS = 512;

  private static final int LONGEST_WORD = 40;
  private static final byte[] NOTHING = {};

  /**
   * Recently read words, each at the index given by its hash. Field names recur in every record: as
   * the same string they need no new memory, and their hash is already known.
   */
  private final @Nullable String[] words = new String[WORDS];

  private byte[] bytes = NOTHING;
  private int position;

  /** Starts reading other bytes, at an offset. */
  void reset(byte[] from, int offset) {
    bytes = from;
    position = offset;
  }

  /** Releases the bytes. */
  void clear() {
    bytes = NOTHING;
    position = 0;
  }

  /** The number of bytes left. */
  int left() {
    return bytes.length - position;
  }

  /**
   * An int or a long.
   *
   * @throws IOException when the bytes end within it, or it is longer than a long
   */
  long readNumber() throws IOException {
    long zigzag = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (position >= bytes.length) {
        throw cutOff();
      }
      byte next = bytes[position++];
      zigzag |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return (zigzag >>> 1) ^ -(zigzag & 1);
      }
    }
    throw new IOException("The number has more than 64 bits");
  }

  int readInt() throws IOException {
    long number = readNumber();
    if (number != (int) number) {
      throw new IOException("The number has more than 32 bits: " + number);
    }
    return (int) number;
  }

  boolean readBoolean() throws IOException {
    return bytes[take(1)] == 1;
  }

  double readDouble() throws IOException {
    int at = take(Double.BYTES);
    long bits = 0;
    for (int i = Double.BYTES - 1; i >= 0; i--) {
      bits = (bits << Byte.SIZE) | (bytes[at + i] & 0xFF);
    }
    return Double.longBitsToDouble(bits);
  }

  String readText() throws IOException {
    int length = readLength();
    return new String(bytes, take(length), length, StandardCharsets.UTF_8);
  }

  /** A text that has probably been read before. */
  String readWord() throws IOException {
    int length = readLength();
    int at = take(length);
    if (length > LONGEST_WORD) {
      return new String(bytes, at, length, StandardCharsets.UTF_8);
    }
    int hash = length;
    for (int i = at; i < at + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    int place = (hash ^ (hash >>> 15)) & (WORDS - 1);
    String known = words[place];
    if (known != null && isSame(known, at, length)) {
      return known;
    }
    String read = new String(bytes, at, length, StandardCharsets.UTF_8);
    words[place] = read;
    return read;
  }

  /** Only for ASCII: a byte of any other character is negative, and no char is. */
  private boolean isSame(String known, int at, int length) {
    if (known.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (known.charAt(i) != bytes[at + i]) {
        return false;
      }
    }
    return true;
  }

  ByteBuffer readBytes() throws IOException {
    int length = readLength();
    int at = take(length);
    return ByteBuffer.wrap(Arrays.copyOfRange(bytes, at, at + length));
  }

  /**
   * The number of elements of an array or a map that follow in one block; 0 after the last. A
   * negative count is followed by the block's size, which a reader of all elements does not need.
   */
  int readCount() throws IOException {
    long count = readNumber();
    if (count < 0) {
      readNumber();
      count = -count;
    }
    // Each element has at least one byte: no count may ask for more memory than its bytes do.
    if (count < 0 || count > left()) {
      throw cutOff();
    }
    return (int) count;
  }

  private int readLength() throws IOException {
    long length = readNumber();
    if (length < 0) {
      throw new IOException("The length is negative");
    }
    if (length > left()) {
      throw cutOff();
    }
    return (int) length;
  }

  private int take(int length) throws IOException {
    if (length > left()) {
      throw cutOff();
    }
    int at = position;
    position += length;
    return at;
  }

  private static IOException cutOff() {
    return new EOFException("The bytes end before the value does");
  }
}
