package io.millrace.normalize.field;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.validator.routines.EmailValidator;

/** E-mail addresses: the local part as sent, the domain in lower case. */
final class EmailAddresses {
  /** RFC 5321, section 4.5.3.1.3: a path of 256 characters less its brackets. */
  private static final int LONGEST = 254;

  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_DOMAIN = 253;
  private static final int LONGEST_LABEL = 63;

  private static final EmailValidator SYNTAX = new AnyTopLevelDomain();

  private EmailAddresses() {}

  static Checked check(String text) {
    if (text.length() > LONGEST) {
      return new Checked.Bad(
          "has %d characters, and no e-mail address has more than %d"
              .formatted(text.length(), LONGEST));
    }
    if (!isUsual(text) && !isValid(text)) {
      return new Checked.Bad("is not an e-mail address, such as ada@example.com");
    }
    int at = text.lastIndexOf('@') + 1;
    return new Checked.Good(text.substring(0, at) + text.substring(at).toLowerCase(Locale.ROOT));
  }

  /** Whether the library takes it. */
  static boolean isValid(String text) {
    return SYNTAX.isValid(text);
  }

  /**
   * Whether it has the common form: letters, digits and {@code ._+-} at a domain in ASCII. The
   * library accepts all of these too, but takes ten times as long.
   */
  static boolean isUsual(String text) {
    int at = text.indexOf('@');
    return at > 0 && at <= LONGEST_LOCAL && isUsualLocal(text, at) && isUsualDomain(text, at + 1);
  }

  private static boolean isUsualLocal(String text, int end) {
    char before = '.';
    for (int i = 0; i < end; i++) {
      char each = text.charAt(i);
      boolean isFine = isAlphanumeric(each) || "_+-".indexOf(each) >= 0;
      if (!isFine && (each != '.' || before == '.')) {
        return false;
      }
      before = each;
    }
    return before != '.';
  }

  private static boolean isUsualDomain(String text, int start) {
    int labelAt = start;
    int labels = 0;
    boolean isLetters = false;
    for (int i = start; i <= text.length(); i++) {
      if (i < text.length() && text.charAt(i) != '.') {
        char each = text.charAt(i);
        boolean isHyphen = each == '-' && i > labelAt;
        if (!isAlphanumeric(each) && !isHyphen) {
          return false;
        }
        isLetters = (i == labelAt || isLetters) && each > '9';
      } else {
        int length = i - labelAt;
        boolean isLabel = length > 0 && length <= LONGEST_LABEL && text.charAt(i - 1) != '-';
        // An encoded label is left to the library.
        if (!isLabel || text.regionMatches(true, labelAt, "xn--", 0, 4)) {
          return false;
        }
        labels++;
        labelAt = i + 1;
      }
    }
    int lastLength = text.length() - text.lastIndexOf('.') - 1;
    return labels > 1 && isLetters && lastLength > 1 && text.length() - start <= LONGEST_DOMAIN;
  }

  private static boolean isAlphanumeric(char each) {
    return (each >= 'a' && each <= 'z')
        || (each >= 'A' && each <= 'Z')
        || (each >= '0' && each <= '9');
  }

  /**
   * Judges domains by their syntax alone (RFC 1034, section 3.5). The library also checks the
   * top-level domain against its list, which is as old as its release: an address in a new domain,
   * or in {@code .test}, would be invalid until the next upgrade.
   */
  private static final class AnyTopLevelDomain extends EmailValidator {
    private static final long serialVersionUID = 1L;

    private static final Pattern DOMAIN =
        Pattern.compile(
            "(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+"
                + "([a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])");

    AnyTopLevelDomain() {
      super(false, false);
    }

    @Override
    protected boolean isValidDomain(String domain) {
      try {
        String ascii = IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED);
        return DOMAIN.matcher(ascii.toLowerCase(Locale.ROOT)).matches();
      } catch (IllegalArgumentException notADomain) {
        return false;
      }
    }
  }
}
