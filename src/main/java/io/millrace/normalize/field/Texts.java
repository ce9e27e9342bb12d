package io.millrace.normalize.field;

/** Trims texts, and refuses control characters. */
final class Texts {
  private Texts() {}

  /** Trims the text; refuses control characters. */
  static Checked check(String value) {
    boolean isControlled =
        value.chars().anyMatch(each -> Character.isISOControl(each) && "\t\n\r".indexOf(each) < 0);
    return isControlled
        ? new Checked.Bad("contains control characters, which databases and CRMs reject")
        : new Checked.Good(value.strip());
  }

  static boolean isBlank(String value) {
    return trimmed(value).isEmpty();
  }

  /**
   * The text without white space and invisible characters (zero-width spaces, marks of direction)
   * at both ends: they are often included when an address or a number is copied from a page or a
   * message.
   */
  static String trimmed(String value) {
    int start = 0;
    int end = value.length();
    while (start < end && isInvisible(value.charAt(start))) {
      start++;
    }
    while (start < end && isInvisible(value.charAt(end - 1))) {
      end--;
    }
    return value.substring(start, end);
  }

  static boolean isInvisible(char each) {
    return Character.isWhitespace(each)
        || Character.isSpaceChar(each)
        || Character.getType(each) == Character.FORMAT;
  }
}
