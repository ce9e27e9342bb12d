package io.millrace.normalize.field;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The format of one field.
 *
 * @param normalized whether values are converted to canonical form; otherwise they stay as sent
 * @param maxLength the most characters (code points) of its canonical form
 * @param min the least number, for numeric kinds
 * @param max the largest number, for numeric kinds
 * @param oneOf the words of kind {@code oneOf}, in canonical form
 * @param region the country of telephone numbers without a country code, as an ISO 3166 code
 */
public record FieldFormat(
    FieldKind kind,
    boolean normalized,
    OptionalInt maxLength,
    Optional<BigDecimal> min,
    Optional<BigDecimal> max,
    List<String> oneOf,
    Optional<String> region) {

  public FieldFormat {
    oneOf = List.copyOf(oneOf);
  }

  /** A kind without limits, in canonical form. */
  public static FieldFormat of(FieldKind kind) {
    return new FieldFormat(
        kind,
        true,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  /** The same with another default country. */
  public FieldFormat withRegion(Optional<String> other) {
    return new FieldFormat(kind, normalized, maxLength, min, max, oneOf, other);
  }

  /** Checks a value. The canonical form of a valid value is itself valid and canonical. */
  public Checked check(String value) {
    Checked checked =
        kind == FieldKind.TEXT
            ? Texts.check(value)
            : Texts.isBlank(value) ? new Checked.Blank() : ofKind(Texts.trimmed(value));
    return switch (checked) {
      case Checked.Bad bad -> bad;
      case Checked.Blank blank -> normalized ? blank : new Checked.Good(value);
      case Checked.Good good -> limited(good, value);
    };
  }

  private Checked ofKind(String text) {
    return switch (kind) {
      case TEXT -> new Checked.Good(text);
      case EMAIL -> EmailAddresses.check(text);
      case PHONE -> PhoneNumbers.check(text, region);
      case NUMBER -> Numbers.decimal(text, min, max);
      case INTEGER -> Numbers.whole(text, min, max);
      case DATE -> Times.date(text);
      case TIMESTAMP -> Times.timestamp(text);
      case URL -> WebAddresses.check(text);
      case BOOLEAN -> Words.truth(text);
      case COUNTRY -> Words.country(text);
      case CURRENCY -> Words.currency(text);
      case ONE_OF -> Words.oneOf(text, oneOf);
    };
  }

  private Checked limited(Checked.Good good, String value) {
    int length = good.value().codePointCount(0, good.value().length());
    if (maxLength.isPresent() && length > maxLength.getAsInt()) {
      return new Checked.Bad(
          "has %d characters; at most %d are accepted".formatted(length, maxLength.getAsInt()));
    }
    return normalized ? good : new Checked.Good(value);
  }
}
