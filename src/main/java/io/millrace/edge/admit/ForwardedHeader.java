package io.millrace.edge.admit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the elements of Forwarded headers (RFC 7239, section 4). */
final class ForwardedHeader {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  /** As lenient as proxies are: an unquoted value may be an address with colons and brackets. */
  private static final Pattern PAIR =
      Pattern.compile(
          "\\s*(" + TOKEN + ")=(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s\",;]*+))\\s*+([,;]|$)");

  private static final Pattern NOTHING = Pattern.compile("\\s*([,;]|$)");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

  private ForwardedHeader() {}

  /**
   * Returns the elements in the order of the lines, with parameter names in lower case. Everything
   * before a malformed line is less trustworthy than what follows it, so it is left out: one
   * element without parameters takes its place.
   */
  static List<Map<String, String>> elements(List<String> lines) {
    List<Map<String, String>> elements = new ArrayList<>();
    for (String line : lines) {
      List<Map<String, String>> read = new ArrayList<>();
      if (read(line, read)) {
        elements.addAll(read);
      } else {
        elements.clear();
        elements.add(Map.of());
      }
    }
    return elements;
  }

  /** Reads a line; false if it is malformed, because a broken quotation may hide commas. */
  private static boolean read(String line, List<Map<String, String>> elements) {
    Map<String, String> element = new HashMap<>();
    int position = 0;
    while (position < line.length()) {
      Matcher pair = PAIR.matcher(line).region(position, line.length());
      Matcher nothing = NOTHING.matcher(line).region(position, line.length());
      String end;
      if (pair.lookingAt()) {
        String name = pair.group(1).toLowerCase(Locale.ROOT);
        String value =
            pair.group(2) == null ? pair.group(3) : ESCAPE.matcher(pair.group(2)).replaceAll("$1");
        if (element.put(name, value) != null) {
          return false;
        }
        end = pair.group(4);
        position = pair.end();
      } else if (nothing.lookingAt()) {
        end = nothing.group(1);
        position = nothing.end();
      } else {
        return false;
      }
      if (!end.equals(";") && !element.isEmpty()) {
        elements.add(Map.copyOf(element));
        element.clear();
      }
    }
    return element.isEmpty() || elements.add(Map.copyOf(element));
  }
}
