package io.millrace.field;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.validator.routines.EmailValidator;

/** E-mail addresses: the local part as sent, the domain in lower case. */
final class EmailAddresses {
  /** RFC 5321, section 4.5.3.1.3: a path of 256 characters less its brackets. */
  private static final int LONGEST = 254;

  private static final EmailValidator SYNTAX = new AnyTopLevelDomain();

  private EmailAddresses() {}

  static Checked check(String text) {
    if (text.length() > LONGEST) {
      return new Checked.Bad(
          "has %d characters, and no e-mail address has more than %d"
              .formatted(text.length(), LONGEST));
    }
    if (!SYNTAX.isValid(text)) {
      return new Checked.Bad("is not an e-mail address, such as ada@example.com");
    }
    int at = text.lastIndexOf('@') + 1;
    return new Checked.Good(text.substring(0, at) + text.substring(at).toLowerCase(Locale.ROOT));
  }

  /**
   * Judges domains by their syntax alone (RFC 1034, section 3.5). The library also asks whether the
   * top-level domain is on its list, which is as old as its release: a company under a new one, or
   * a test under {@code .test}, would have a bad address until somebody upgrades.
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
