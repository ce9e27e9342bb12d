package io.millrace.normalize.mapping;

import java.text.Normalizer;

/**
 * Text in Unicode's composed form (NFC). The same letter can be written as one character or as two,
 * depending on the sender's system; a person or an account must not be two because of that.
 */
final class ComposedText {
  /** The first combining character; texts of smaller ones are composed. */
  private static final char FIRST_COMBINING = '\u0300';

  private ComposedText() {}

  static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= FIRST_COMBINING) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
      }
    }
    return text;
  }
}
