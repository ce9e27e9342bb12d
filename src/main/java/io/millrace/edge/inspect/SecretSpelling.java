package io.millrace.edge.inspect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.edge.admit.Credentials;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * One secret, with every spelling of each of its characters. All spellings are matched at once, so
 * no text takes longer than another.
 */
final class SecretSpelling {
  private static final int NOWHERE = -1;
  private static final int CUT_OFF = Integer.MAX_VALUE;

  private static final Map<Integer, List<String>> SHORT_ESCAPES =
      Map.of(
          (int) ' ', List.of("+"),
          (int) '/', List.of("\\/"),
          (int) '"', List.of("\\\"", "&quot;"),
          (int) '\\', List.of("\\\\"),
          (int) '\n', List.of("\\n"),
          (int) '\t', List.of("\\t"),
          (int) '&', List.of("&amp;"),
          (int) '<', List.of("&lt;"),
          (int) '>', List.of("&gt;"),
          (int) '\'', List.of("&apos;"));

  /** One way to write a character. */
  private record Way(String letters, boolean ignoresCase) {
    boolean isAt(String text, int at) {
      return text.regionMatches(ignoresCase, at, letters, 0, letters.length());
    }

    /** Whether a text ends in the middle of it. */
    boolean isCutOff(String text, int at) {
      int left = text.length() - at;
      return left < letters.length() && text.regionMatches(true, at, letters, 0, left);
    }
  }

  private final List<List<Way>> characters;

  /** The characters a spelling can begin with; they rule out nearly every position in a text. */
  private final BitSet beginnings = new BitSet();

  private SecretSpelling(List<List<Way>> characters) {
    this.characters = characters;
    characters.getFirst().forEach(way -> beginnings.set(way.letters().charAt(0)));
  }

  static SecretSpelling of(String secret) {
    return new SecretSpelling(secret.codePoints().mapToObj(SecretSpelling::ways).toList());
  }

  private static List<Way> ways(int codePoint) {
    String plain = Character.toString(codePoint);
    StringBuilder percent = new StringBuilder();
    for (byte each : plain.getBytes(UTF_8)) {
      percent.append("%%%02x".formatted(each));
    }
    StringBuilder unicode = new StringBuilder();
    plain.chars().forEach(unit -> unicode.append("\\u%04x".formatted(unit)));
    List<String> escapes =
        new ArrayList<>(
            List.of(
                percent.toString(),
                unicode.toString(),
                "&#%d;".formatted(codePoint),
                "&#x%x;".formatted(codePoint)));
    escapes.addAll(SHORT_ESCAPES.getOrDefault(codePoint, List.of()));
    List<Way> ways = new ArrayList<>();
    ways.add(new Way(plain, false));
    ways.add(new Way(new String(plain.getBytes(UTF_8), ISO_8859_1), false));
    escapes.forEach(escape -> ways.add(new Way(escape, true)));
    return ways;
  }

  /** Returns the text with the secret masked. */
  String mask(String text) {
    StringBuilder masked = new StringBuilder();
    int copied = 0;
    for (int at = 0; at < text.length(); at++) {
      int end = end(text, at, false);
      if (end > at) {
        masked.append(text, copied, at).append(Credentials.MASK);
        copied = end;
        at = end - 1;
      }
    }
    return copied == 0 ? text : masked.append(text, copied, text.length()).toString();
  }

  /** The position at the end of a text where a truncated secret may begin, or the text's length. */
  int beginningAtEnd(String text) {
    int longest =
        characters.stream()
            .mapToInt(ways -> ways.stream().mapToInt(way -> way.letters().length()).max().orElse(0))
            .sum();
    for (int at = Math.max(0, text.length() - longest); at < text.length(); at++) {
      if (end(text, at, true) == CUT_OFF) {
        return at;
      }
    }
    return text.length();
  }

  /**
   * The furthest end of a secret that begins at a position, or {@link #NOWHERE}.
   *
   * @param untilCutOff whether to return {@link #CUT_OFF} if the text ends in the middle of the
   *     secret
   */
  private int end(String text, int start, boolean untilCutOff) {
    if (!beginnings.get(text.charAt(start))) {
      return NOWHERE;
    }
    BitSet reached = new BitSet();
    reached.set(0);
    for (List<Way> ways : characters) {
      BitSet next = new BitSet();
      for (int at = reached.nextSetBit(0); at >= 0; at = reached.nextSetBit(at + 1)) {
        for (Way way : ways) {
          if (way.isAt(text, start + at)) {
            next.set(at + way.letters().length());
          } else if (untilCutOff && way.isCutOff(text, start + at)) {
            return CUT_OFF;
          }
        }
      }
      if (next.isEmpty()) {
        return NOWHERE;
      }
      reached = next;
    }
    return start + reached.length() - 1;
  }
}
