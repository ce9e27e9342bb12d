package io.millrace.normalize.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sender's event name, split into parts: {@code customer.subscription.deleted} is about a {@code
 * customer} unless the payload says otherwise.
 *
 * @param sent the name as sent
 * @param noun what it is about, in canonical form
 * @param verb what happened to it, in canonical form; empty when the name has one word only
 */
record TypeName(String sent, String noun, String verb) {
  private static final String SEPARATORS = ".:/";

  /**
   * Splits a name at dots, colons and slashes.
   *
   * @param about what the event is about if the payload says so, otherwise the name's first word
   * @param nouns canonical nouns for those the sender uses
   */
  static TypeName of(String sent, Optional<String> about, Map<String, String> nouns) {
    List<String> words = words(sent);
    if (words.isEmpty()) {
      return new TypeName(sent, "", "");
    }
    if (about.isPresent()) {
      String noun = nouns.getOrDefault(about.get(), slug(about.get()));
      return new TypeName(sent, noun, words.get(words.size() - 1));
    }
    String noun = nouns.getOrDefault(words.get(0), words.get(0));
    return new TypeName(sent, noun, String.join("_", words.subList(1, words.size())));
  }

  private static List<String> words(String sent) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int at = 0; at <= sent.length(); at++) {
      if (at == sent.length() || SEPARATORS.indexOf(sent.charAt(at)) >= 0) {
        String word = slug(sent.substring(start, at));
        if (!word.isEmpty()) {
          words.add(word);
        }
        start = at + 1;
      }
    }
    return words;
  }

  /** The canonical name without a rule: noun.verb. */
  String canonical() {
    return verb.isEmpty() || noun.isEmpty() ? noun + verb : noun + "." + verb;
  }

  /**
   * A name as words in lower case, joined by underscores: {@code Order Completed} and {@code
   * orderCompleted} are both {@code order_completed}.
   */
  static String slug(String text) {
    StringBuilder slug = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      char letter = text.charAt(at);
      if (!Character.isLetterOrDigit(letter)) {
        separate(slug);
      } else {
        if (startsWord(text, at)) {
          separate(slug);
        }
        slug.append(Character.toLowerCase(letter));
      }
    }
    int end = slug.length();
    return slug.substring(0, end > 0 && slug.charAt(end - 1) == '_' ? end - 1 : end);
  }

  private static boolean startsWord(String text, int at) {
    if (at == 0 || !Character.isUpperCase(text.charAt(at))) {
      return false;
    }
    boolean afterCapital = Character.isUpperCase(text.charAt(at - 1));
    boolean beforeSmall = at + 1 < text.length() && Character.isLowerCase(text.charAt(at + 1));
    return !afterCapital || beforeSmall;
  }

  private static void separate(StringBuilder slug) {
    if (!slug.isEmpty() && slug.charAt(slug.length() - 1) != '_') {
      slug.append('_');
    }
  }
}
