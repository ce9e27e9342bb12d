package io.millrace.fuzz;

import java.util.Arrays;
import java.util.List;

/** Decisions read from bytes, one after the other; once they are used up, always the first one. */
public final class Choices {
  private final byte[] bytes;
  private int position;

  public Choices(byte[] bytes) {
    this.bytes = bytes;
  }

  public boolean isUsedUp() {
    return position >= bytes.length;
  }

  /** From 0 to below a number; evenly where that is at most 256. */
  public int below(int bound) {
    int drawn = next();
    return (bound <= 256 ? drawn : drawn << 8 | next()) % bound;
  }

  public boolean flag() {
    return below(2) == 1;
  }

  public <T> T of(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /** All the bytes that are left. */
  public byte[] rest() {
    byte[] rest = Arrays.copyOfRange(bytes, Math.min(position, bytes.length), bytes.length);
    position = bytes.length;
    return rest;
  }

  private int next() {
    return isUsedUp() ? 0 : bytes[position++] & 0xFF;
  }
}
