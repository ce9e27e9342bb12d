package io.millrace.normalize.field;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers. A decimal one keeps the digits it was sent with: 0.10 is not 0.1. */
final class Numbers {
  // Deliberately bounded: an exponent could make a number of any size.
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?\\d{1,30}(\\.\\d{1,30})?([eE][+-]?\\d{1,2})?");
  private static final Pattern WHOLE = Pattern.compile("([+-]?\\d{1,30})(\\.0{1,30})?");

  private Numbers() {}

  static Checked decimal(String text, Optional<BigDecimal> min, Optional<BigDecimal> max) {
    if (!DECIMAL.matcher(text).matches()) {
      return new Checked.Bad(
          "is not a number: digits with a decimal point, without thousands separators, units or"
              + " currency signs, such as 1234.50");
    }
    return limited(text, min, max);
  }

  static Checked whole(String text, Optional<BigDecimal> min, Optional<BigDecimal> max) {
    if (!WHOLE.matcher(text).matches()) {
      return new Checked.Bad("is not a whole number of at most 30 digits, such as 250");
    }
    int point = text.indexOf('.');
    return limited(point < 0 ? text : text.substring(0, point), min, max);
  }

  private static Checked limited(String text, Optional<BigDecimal> min, Optional<BigDecimal> max) {
    BigDecimal number = new BigDecimal(text);
    if (min.filter(least -> number.compareTo(least) < 0).isPresent()) {
      return new Checked.Bad("is less than " + min.get().toPlainString());
    }
    if (max.filter(most -> number.compareTo(most) > 0).isPresent()) {
      return new Checked.Bad("is more than " + max.get().toPlainString());
    }
    return new Checked.Good(text);
  }
}
