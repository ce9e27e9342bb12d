package io.millrace.identity;

import java.util.Locale;
import java.util.Optional;

/** Internet domains in the form in which they are compared. */
public final class Domains {
  private static final int LONGEST = 253;
  private static final String WWW = "www.";

  private Domains() {}

  /**
   * The domain in a text that people wrote as one: {@code https://www.Acme.com/about} is {@code
   * acme.com}. Empty if there is none.
   */
  public static Optional<String> of(String text) {
    String domain = text.strip().toLowerCase(Locale.ROOT);
    int scheme = domain.indexOf("://");
    domain = domain.substring(scheme < 0 ? 0 : scheme + 3);
    domain = domain.substring(0, end(domain));
    domain = domain.startsWith(WWW) ? domain.substring(WWW.length()) : domain;
    domain = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
    return isDomain(domain) ? Optional.of(domain) : Optional.empty();
  }

  private static int end(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("/?#:".indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }

  private static boolean isDomain(String text) {
    char before = '.';
    boolean hasDot = false;
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      boolean isDot = each == '.';
      if (isDot ? before == '.' : each != '-' && !Character.isLetterOrDigit(each)) {
        return false;
      }
      hasDot |= isDot;
      before = each;
    }
    return hasDot && before != '.' && text.length() <= LONGEST;
  }
}
