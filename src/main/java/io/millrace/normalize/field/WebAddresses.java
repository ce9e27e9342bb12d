package io.millrace.normalize.field;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Web addresses: scheme and host in lower case, the rest as sent. A bare domain, as most forms and
 * CRMs have it, is accepted, and no scheme is added.
 */
final class WebAddresses {
  /** What browsers and servers agree on. */
  private static final int LONGEST = 2_048;

  private static final String LABEL = "[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}\\p{M}_-]{0,62})";
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<scheme>(?i:https?)://)?"
              + ("(?<host>" + LABEL + "(?:\\." + LABEL + "){0,30}\\.?)")
              + "(?<rest>(?::\\d{1,5})?(?:[/?#][^\\s\\p{Cntrl}]*)?)");
  private static final Pattern DOMAIN = Pattern.compile(".+\\.[\\p{L}\\p{M}][^.]+");

  private WebAddresses() {}

  static Checked check(String text) {
    if (text.length() > LONGEST) {
      return new Checked.Bad(
          "has %d characters, and web addresses have at most %d".formatted(text.length(), LONGEST));
    }
    Matcher address = ADDRESS.matcher(text);
    if (!address.matches()
        || (address.group("scheme") == null && !DOMAIN.matcher(address.group("host")).matches())) {
      return new Checked.Bad(
          "is not a web address, such as https://example.com/about or example.com");
    }
    int rest = address.start("rest");
    return new Checked.Good(
        text.substring(0, rest).toLowerCase(Locale.ROOT) + text.substring(rest));
  }
}
