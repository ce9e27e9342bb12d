package io.millrace.normalize.field;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Telephone numbers, written as E.164 (ITU-T): a plus, the country code, at most 15 digits. */
public final class PhoneNumbers {
  private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();
  private static final String NO_REGION = "ZZ";
  private static final String NO_NUMBER = "is not a telephone number, such as +49 30 901820";
  private static final String URI_SCHEME = "tel:";

  private static final RecentChecks RECENT = new RecentChecks(4_096);

  /** Far more than any number with its blanks and brackets. */
  private static final int LONGEST = 100;

  /** The characters in written numbers; the library skips all others. */
  private static final Pattern WRITTEN =
      Pattern.compile("[\\p{Nd}\\p{Zs}\\p{Pd}\\p{L}\\p{M}+\uFF0B().,/;:=~#]*");

  private PhoneNumbers() {}

  /** Whether this is the ISO 3166 code of a country whose numbers are known. */
  public static boolean isRegion(String code) {
    return LIBRARY.getSupportedRegions().contains(code);
  }

  static Checked check(String text, Optional<String> region) {
    // The library takes ten microseconds; an event contains a number twice, and all events of a
    // person contain the same one.
    return RECENT.get(text, region.orElse(NO_REGION), () -> checked(text, region));
  }

  private static Checked checked(String text, Optional<String> region) {
    if (text.length() > LONGEST) {
      return new Checked.Bad(
          "has %d characters, and no telephone number has more than %d"
              .formatted(text.length(), LONGEST));
    }
    String visible = visible(text);
    if (!WRITTEN.matcher(visible).matches()) {
      return new Checked.Bad(NO_NUMBER);
    }
    try {
      return written(visible, LIBRARY.parse(visible, region.orElse(NO_REGION)));
    } catch (NumberParseException notANumber) {
      return new Checked.Bad(
          switch (notANumber.getErrorType()) {
            case INVALID_COUNTRY_CODE ->
                "has no country code: send it with a leading +, or set the country of this source's"
                    + " numbers in its file (mapping: {region: DE})";
            case NOT_A_NUMBER, TOO_SHORT_AFTER_IDD, TOO_SHORT_NSN, TOO_LONG -> NO_NUMBER;
          });
    }
  }

  private static Checked written(String text, PhoneNumber number) {
    if (number.hasExtension()) {
      return new Checked.Bad(
          "has an extension, which E.164 does not allow: send the extension in a separate field");
    }
    // The library reads letters as the digits on their keys, and a remark as part of the number.
    if (text.chars().anyMatch(Character::isLetter)) {
      return new Checked.Bad("contains letters: send only the telephone number");
    }
    if (!LIBRARY.isValidNumber(number)) {
      return new Checked.Bad(
          "is not a possible number: the country's numbers have other lengths or ranges");
    }
    return new Checked.Good(LIBRARY.format(number, PhoneNumberFormat.E164));
  }

  /** The text without direction marks, zero-width spaces and the scheme of RFC 3966. */
  private static String visible(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    text.chars()
        .filter(each -> Character.getType(each) != Character.FORMAT)
        .forEach(each -> visible.append((char) each));
    String number = visible.toString();
    return number.toLowerCase(Locale.ROOT).startsWith(URI_SCHEME)
        ? number.substring(URI_SCHEME.length())
        : number;
  }
}
