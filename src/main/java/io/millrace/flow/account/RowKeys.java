package io.millrace.flow.account;

/**
 * Keys of rows that belong to one id: {@code id|rest}. Ids are opaque and contain no separator. Row
 * keys are never parsed except for the part behind the last separator that was added here.
 */
final class RowKeys {
  private static final char SEPARATOR = '|';

  /** Sorts directly after the separator. */
  private static final char BEHIND = '}';

  private RowKeys() {}

  static String of(String id, String... rest) {
    return id + SEPARATOR + String.join("|", rest);
  }

  /** Sorts before all rows of an id. */
  static String first(String id) {
    return id + SEPARATOR;
  }

  /** Sorts after all rows of an id. */
  static String last(String id) {
    return id + BEHIND;
  }

  /** The part behind the id. */
  static String rest(String key) {
    return key.substring(key.indexOf(SEPARATOR) + 1);
  }

  /** The part behind the last separator. */
  static String end(String key) {
    return key.substring(key.lastIndexOf(SEPARATOR) + 1);
  }
}
