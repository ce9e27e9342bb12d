package io.millrace.tidy;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Blanks out everything in Java source but its string literals, which are what users read. */
final class JavaTexts {
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?s)//[^\\n]*|/\\*.*?\\*/|'(?:[^'\\\\\\n]|\\\\.)*'"
              + "|(?<text>\"\"\".*?(?<!\\\\)\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\")");

  private JavaTexts() {}

  /** The literals where they are in the source, so that lines keep their numbers. */
  static String of(String java) {
    StringBuilder texts = new StringBuilder();
    int end = 0;
    for (MatchResult token : TOKEN.matcher(java).results().toList()) {
      boolean isText = token.group("text") != null;
      texts.append(blank(java.substring(end, token.start())));
      texts.append(isText ? token.group().replace('"', ' ') : blank(token.group()));
      end = token.end();
    }
    return texts.append(blank(java.substring(end))).toString();
  }

  private static String blank(String java) {
    return java.replaceAll("[^\\n]", " ");
  }
}
