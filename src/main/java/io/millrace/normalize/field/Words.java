package io.millrace.normalize.field;

import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Kinds with a fixed set of values. */
final class Words {
  private static final Map<String, String> TRUTHS =
      Map.of(
          "true", "true", "yes", "true", "on", "true", "1", "true", "false", "false", "no", "false",
          "off", "false", "0", "false");
  private static final Map<String, String> COUNTRIES = countries();
  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  /** Some letters of other alphabets have ASCII capitals. */
  private static final Pattern LETTERS = Pattern.compile("[A-Za-z]*");

  private Words() {}

  static Checked truth(String text) {
    return found(
        TRUTHS.get(text.toLowerCase(Locale.ROOT)), "is neither true nor false (nor yes, no, 1, 0)");
  }

  static Checked country(String text) {
    return found(
        COUNTRIES.get(code(text)), "is not the ISO 3166 code of a country, such as DE or DEU");
  }

  static Checked currency(String text) {
    String code = code(text);
    return CURRENCIES.contains(code)
        ? new Checked.Good(code)
        : new Checked.Bad("is not the ISO 4217 code of a currency, such as EUR");
  }

  static Checked oneOf(String text, List<String> words) {
    return words.stream()
        .filter(text::equalsIgnoreCase)
        .findFirst()
        .<Checked>map(Checked.Good::new)
        .orElseGet(() -> new Checked.Bad("is not one of " + String.join(", ", words)));
  }

  private static String code(String text) {
    return LETTERS.matcher(text).matches() ? text.toUpperCase(Locale.ROOT) : "";
  }

  private static Checked found(@Nullable String word, String fault) {
    return word == null ? new Checked.Bad(fault) : new Checked.Good(word);
  }

  private static Map<String, String> countries() {
    Map<String, String> countries = new HashMap<>();
    for (String code : Locale.getISOCountries()) {
      countries.put(code, code);
      countries.put(Locale.of("", code).getISO3Country(), code);
    }
    // Reserved in ISO 3166 for a country with a different official code.
    countries.put("UK", "GB");
    return Map.copyOf(countries);
  }
}
