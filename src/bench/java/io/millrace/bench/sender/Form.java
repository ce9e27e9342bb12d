package io.millrace.bench.sender;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The fields of a form, as senders sign them. */
final class Form {
  private Form() {}

  /** Every name with each of its distinct values, in alphabetical order and without separators. */
  static String sorted(String form) {
    Map<String, TreeSet<String>> fields = new TreeMap<>();
    for (String field : form.split("&", -1)) {
      if (!field.isEmpty()) {
        String[] pair = field.split("=", 2);
        fields
            .computeIfAbsent(decoded(pair[0]), unseen -> new TreeSet<>())
            .add(pair.length == 2 ? decoded(pair[1]) : "");
      }
    }
    StringBuilder text = new StringBuilder();
    fields.forEach((name, values) -> values.forEach(value -> text.append(name).append(value)));
    return text.toString();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
