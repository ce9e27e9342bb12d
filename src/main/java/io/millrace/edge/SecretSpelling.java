package io.millrace.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** One secret, and for each of its characters every way to write it. */
final class SecretSpelling {
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

  private final List<List<String>> characters;

  /** What it can begin with: nearly every place of a text is passed over by this alone. */
  private final BitSet beginnings = new BitSet();

  private SecretSpelling(List<List<String>> characters) {
    this.characters = characters;
    characters.getFirst().forEach(way -> beginnings.set(way.charAt(0)));
  }

  static SecretSpelling of(String secret) {
    return new SecretSpelling(secret.codePoints().mapToObj(SecretSpelling::ways).toList());
  }

  /** The character itself comes first: only it is compared with regard to case. */
  private static List<String> ways(int codePoint) {
    String plain = Character.toString(codePoint);
    List<String> ways =
        new ArrayList<>(List.of(plain, new String(plain.getBytes(UTF_8), ISO_8859_1)));
    StringBuilder percent = new StringBuilder();
    for (byte each : plain.getBytes(UTF_8)) {
      percent.append("%%%02x".formatted(each));
    }
    StringBuilder unicode = new StringBuilder();
    plain.chars().forEach(unit -> unicode.append("\\u%04x".formatted(unit)));
    ways.add(percent.toString());
    ways.add(unicode.toString());
    ways.add("&#%d;".formatted(codePoint));
    ways.add("&#x%x;".formatted(codePoint));
    ways.addAll(SHORT_ESCAPES.getOrDefault(codePoint, List.of()));
    return ways;
  }

  /** The text without the secret. */
  String mask(String text) {
    StringBuilder masked = new StringBuilder();
    int copied = 0;
    for (int at = 0; at < text.length(); at++) {
      int end = beginnings.get(text.charAt(at)) ? end(text, at) : -1;
      if (end > at) {
        masked.append(text, copied, at).append(Credentials.MASK);
        copied = end;
        at = end - 1;
      }
    }
    return copied == 0 ? text : masked.append(text, copied, text.length()).toString();
  }

  /** Where at the end of a text the secret may begin without ending; its length if nowhere. */
  int beginningAtEnd(String text) {
    int longest =
        characters.stream().flatMap(List::stream).mapToInt(String::length).max().orElse(0);
    int first = Math.max(0, text.length() - longest * characters.size());
    for (int at = first; at < text.length(); at++) {
      if (beginnings.get(text.charAt(at)) && isCutOff(text, at)) {
        return at;
      }
    }
    return text.length();
  }

  /** Where the secret that begins at a place ends; -1 if none does. */
  private int end(String text, int start) {
    NavigableSet<Integer> reached = new TreeSet<>(List.of(start));
    for (List<String> ways : characters) {
      reached = next(ways, text, reached);
      if (reached.isEmpty()) {
        return -1;
      }
    }
    return reached.last();
  }

  private boolean isCutOff(String text, int start) {
    NavigableSet<Integer> reached = new TreeSet<>(List.of(start));
    for (List<String> ways : characters) {
      if (reached.stream().anyMatch(at -> isCutOff(ways, text, at))) {
        return true;
      }
      reached = next(ways, text, reached);
    }
    return false;
  }

  private static boolean isCutOff(List<String> ways, String text, int at) {
    int left = text.length() - at;
    return ways.stream()
        .anyMatch(way -> left < way.length() && text.regionMatches(true, at, way, 0, left));
  }

  private static NavigableSet<Integer> next(
      List<String> ways, String text, NavigableSet<Integer> reached) {
    NavigableSet<Integer> next = new TreeSet<>();
    for (int at : reached) {
      addEnds(ways, text, at, next);
    }
    return next;
  }

  private static void addEnds(List<String> ways, String text, int at, NavigableSet<Integer> ends) {
    for (int index = 0; index < ways.size(); index++) {
      String way = ways.get(index);
      if (text.regionMatches(index > 1, at, way, 0, way.length())) {
        ends.add(at + way.length());
      }
    }
  }
}
