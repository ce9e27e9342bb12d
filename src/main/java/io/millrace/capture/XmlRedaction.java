package io.millrace.capture;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Redacts texts and attributes of XML in place, without a parser and its security risks. */
record XmlRedaction(ValueRedaction values) {
  private static final Pattern ELEMENT =
      Pattern.compile(
          "<(?:[\\w.-]++:)?(?<name>[\\w.-]++)(?:\\s[^<>]*+)?>"
              + "(?:(?<text>[^<]++)|<!\\[CDATA\\[(?<raw>.*?)]]>)",
          Pattern.DOTALL);
  private static final Pattern ATTRIBUTE =
      Pattern.compile(
          "\\s(?:[\\w.-]++:)?(?<name>[\\w.-]++)=(?:\"(?<text>[^\"<]*+)\"|'(?<raw>[^'<]*+)')");

  String redact(String xml) {
    return replace(ATTRIBUTE, replace(ELEMENT, xml));
  }

  private String replace(Pattern pattern, String xml) {
    StringBuilder redacted = new StringBuilder();
    Matcher found = pattern.matcher(xml);
    int copied = 0;
    while (found.find()) {
      String group = found.group("text") == null ? "raw" : "text";
      redacted
          .append(xml, copied, found.start(group))
          .append(value(found.group(group), found.group("name")));
      copied = found.end(group);
    }
    return redacted.append(xml, copied, xml.length()).toString();
  }

  private String value(String escaped, String name) {
    String value = unescaped(escaped);
    Optional<Personal> kind = PersonalFields.kind(name, "");
    String redacted = values.redact(value, kind);
    return redacted.equals(value) ? escaped : escaped(redacted);
  }

  private static String unescaped(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&#64;", "@")
        .replace("&amp;", "&");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&apos;");
  }
}
