package io.millrace.normalize.field;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of values a field can have. */
public enum FieldKind {
  TEXT("text", "any text"),
  EMAIL("email", "an e-mail address"),
  PHONE("phone", "a telephone number, written as E.164: +4930901820"),
  NUMBER("number", "a decimal number, digits as sent"),
  INTEGER("integer", "a whole number"),
  DATE("date", "a calendar day, written as ISO 8601: 2026-03-01"),
  TIMESTAMP("timestamp", "an instant, written as ISO 8601 in UTC: 2026-03-01T10:00:00Z"),
  URL("url", "a web address or a bare domain"),
  BOOLEAN("boolean", "true or false"),
  COUNTRY("country", "a country, written as its ISO 3166 code of two letters"),
  CURRENCY("currency", "a currency, written as its ISO 4217 code"),
  ONE_OF("oneOf", "one of the words listed");

  private final String word;
  private final String inWords;

  FieldKind(String word, String inWords) {
    this.word = word;
    this.inWords = inWords;
  }

  /** The kind of this name in YAML; empty when there is none. */
  public static Optional<FieldKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }

  /** Its name in YAML. */
  public String word() {
    return word;
  }

  /** Its description for messages. */
  public String inWords() {
    return inWords;
  }

  /** Whether {@code min} and {@code max} apply to its values. */
  public boolean isNumeric() {
    return this == NUMBER || this == INTEGER;
  }
}
