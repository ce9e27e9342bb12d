package io.millrace.model;

import java.util.regex.Pattern;

/** Event types in rules: exact, or a prefix ending in {@code .*}. */
public final class EventTypes {
  private static final Pattern DECLARED = Pattern.compile("[a-z0-9_]+(\\.[a-z0-9_]+)*(\\.\\*)?");
  private static final Pattern DESTROYING =
      Pattern.compile("delet|remov|merg|redact|eras|purg|destroy", Pattern.CASE_INSENSITIVE);

  private static final String ANY = ".*";

  private EventTypes() {}

  /** Whether a text is an event type or a prefix: {@code page.viewed}, {@code page.*}. */
  public static boolean isDeclarable(String declared) {
    return DECLARED.matcher(declared).matches();
  }

  /** Whether a text is one type: {@code page.viewed}. */
  public static boolean isOne(String type) {
    return isDeclarable(type) && !type.endsWith(ANY);
  }

  /**
   * Whether a type, canonical or in a sender's words, takes something away: a record is deleted, or
   * becomes part of another. The only such rule: a type that nobody signed must not destroy.
   */
  public static boolean destroys(String type) {
    return DESTROYING.matcher(type).find();
  }

  /** Whether an event's type matches what is declared. */
  public static boolean fits(String declared, String type) {
    return declared.endsWith(ANY)
        ? type.startsWith(declared.substring(0, declared.length() - 1))
        : type.equals(declared);
  }
}
