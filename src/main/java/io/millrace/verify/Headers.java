package io.millrace.verify;

import io.millrace.model.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The headers of a request: names are case-insensitive, values keep their order. */
public final class Headers {
  private final Map<String, List<String>> values;

  private Headers(Map<String, List<String>> values) {
    this.values = values;
  }

  /** Spaces around a value are not part of it (RFC 9110, section 5.5). */
  public static Headers of(Map<String, List<String>> headers) {
    Builder builder = new Builder();
    headers.forEach((name, values) -> values.forEach(value -> builder.add(name, value)));
    return builder.build();
  }

  /** Collects headers one by one, in the order received. Not thread-safe. */
  public static final class Builder {
    private final Map<String, List<String>> byName = new TreeMap<>();

    /**
     * Adds a header.
     *
     * @param name in any case
     * @param value as received; surrounding spaces are removed
     */
    public Builder add(String name, String value) {
      byName.merge(lower(name), List.of(trimmed(value)), Builder::both);
      return this;
    }

    private static List<String> both(List<String> before, List<String> added) {
      List<String> all = new ArrayList<>(before);
      all.addAll(added);
      return List.copyOf(all);
    }

    /** Builds the headers; must be called only once. */
    public Headers build() {
      return new Headers(Collections.unmodifiableMap(byName));
    }
  }

  /** All values of a header; empty if it is missing. */
  public List<String> all(String name) {
    return values.getOrDefault(lower(name), List.of());
  }

  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /** All headers, with names in lower case. */
  public Map<String, List<String>> asMap() {
    return values;
  }

  /**
   * The single value of a header. Empty if it is missing or blank. Refuses the request as ambiguous
   * if there are different values, because the value verified here could differ from the one read
   * later.
   */
  Optional<String> only(String name) {
    List<String> all = all(name);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    String only = all.getFirst();
    if (!all.stream().allMatch(only::equals)) {
      throw new Refusal(
          Reason.MALFORMED, "The header " + name + " occurs more than once, with different values");
    }
    return only.isEmpty() ? Optional.empty() : Optional.of(only);
  }

  /** Spaces and tabs only: any other character, even an invisible one, is part of the value. */
  private static String trimmed(String value) {
    int start = 0;
    int end = value.length();
    while (start < end && isSpace(value.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(value.charAt(end - 1))) {
      end--;
    }
    return value.substring(start, end);
  }

  private static boolean isSpace(char letter) {
    return letter == ' ' || letter == '\t';
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return "Headers" + values.keySet();
  }
}
