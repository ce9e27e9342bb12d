package io.millrace.flow.stage;

import java.util.Locale;
import java.util.Map;

/**
 * The stages of a lifecycle by the senders' spellings. Case and all characters other than letters
 * and digits are ignored: Closed Won, closed_won and closedwon are one stage.
 *
 * @param byKey stages by the key of each of their spellings
 */
record StageNames(Map<String, String> byKey) {
  StageNames {
    byKey = Map.copyOf(byKey);
  }

  /** The stage for a sender's text; a text without a stage is returned unchanged. */
  String of(String text) {
    return byKey.getOrDefault(key(text), text);
  }

  static String key(String text) {
    StringBuilder key = new StringBuilder(text.length());
    text.codePoints().filter(Character::isLetterOrDigit).forEach(key::appendCodePoint);
    return key.toString().toLowerCase(Locale.ROOT);
  }
}
