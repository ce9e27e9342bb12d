package io.millrace.flow.stage;

import java.util.Locale;
import java.util.Map;

/**
 * The stages of a lifecycle by how senders write them. Case and everything but letters and digits
 * makes no difference: Closed Won, closed_won and closedwon are one stage.
 *
 * @param byKey stages by the key of each of their spellings
 */
record StageNames(Map<String, String> byKey) {
  StageNames {
    byKey = Map.copyOf(byKey);
  }

  /** The stage a sender's text stands for; a text that stands for none is its own name. */
  String of(String text) {
    return byKey.getOrDefault(key(text), text);
  }

  static String key(String text) {
    StringBuilder key = new StringBuilder(text.length());
    text.codePoints().filter(Character::isLetterOrDigit).forEach(key::appendCodePoint);
    return key.toString().toLowerCase(Locale.ROOT);
  }
}
