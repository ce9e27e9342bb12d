package io.millrace.verify;

import io.millrace.model.Reason;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The decoded fields of a form or query, by name, each with its distinct values in order. */
record FormFields(Map<String, SortedSet<String>> values) {

  /**
   * Several times what any sender's forms have. Each field takes a few hundred bytes of memory and
   * needs only two in the body, which nobody has proved yet.
   */
  static final int MAX_FIELDS = 2_000;

  static FormFields parse(String encoded) {
    Map<String, SortedSet<String>> values = new TreeMap<>();
    int fields = 0;
    for (int start = 0; start < encoded.length(); ) {
      int end = indexOrEnd(encoded, '&', start, encoded.length());
      if (end > start) {
        if (++fields > MAX_FIELDS) {
          throw new Refusal(
              Reason.MALFORMED, "The form or query has more than " + MAX_FIELDS + " fields");
        }
        int equals = indexOrEnd(encoded, '=', start, end);
        values
            .computeIfAbsent(decode(encoded.substring(start, equals)), unseen -> new TreeSet<>())
            .add(equals < end ? decode(encoded.substring(equals + 1, end)) : "");
      }
      start = end + 1;
    }
    return new FormFields(values);
  }

  private static int indexOrEnd(String text, char wanted, int from, int end) {
    int found = text.indexOf(wanted, from, end);
    return found < 0 ? end : found;
  }

  /**
   * The single value of a field; refuses the request as ambiguous if there are different values.
   */
  Optional<String> only(String name) {
    SortedSet<String> found = values.getOrDefault(name, new TreeSet<>());
    if (found.size() > 1) {
      throw new Refusal(
          Reason.MALFORMED, "The field " + name + " occurs more than once, with different values");
    }
    return found.stream().filter(value -> !value.isEmpty()).findFirst();
  }

  /**
   * Returns the distinct names and values, sorted by name and then by value, as Twilio and Mandrill
   * append them to the URL before signing.
   */
  String sorted() {
    StringBuilder text = new StringBuilder();
    values.forEach((name, each) -> each.forEach(value -> text.append(name).append(value)));
    return text.toString();
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException undecodable) {
      throw new Refusal(Reason.MALFORMED, "A form or query field contains an invalid %-escape");
    }
  }
}
