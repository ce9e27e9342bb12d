package io.millrace.testing;

import java.util.Random;

/** Text of all of Unicode: controls, characters of one to four bytes, halves of pairs. */
public final class RandomText {
  private RandomText() {}

  /** At most so many code points, most of them of one kind. */
  public static String of(Random random, int most) {
    StringBuilder text = new StringBuilder();
    int kind = random.nextInt(6);
    for (int left = random.nextInt(most + 1); left > 0; left--) {
      text.appendCodePoint(codePoint(random, random.nextInt(10) == 0 ? random.nextInt(6) : kind));
    }
    return text.toString();
  }

  private static int codePoint(Random random, int kind) {
    return switch (kind) {
      case 0 -> random.nextInt(0x20);
      case 1 -> 0x20 + random.nextInt(0x5F);
      case 2 -> 0x7F + random.nextInt(0x700);
      case 3 -> 0x4E00 + random.nextInt(0x5000);
      case 4 -> 0x10000 + random.nextInt(0x10000);
      default -> Character.MIN_SURROGATE + random.nextInt(0x800);
    };
  }
}
