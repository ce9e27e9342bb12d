package io.millrace.rule;

import io.millrace.event.Event;
import java.util.regex.Pattern;

/** A test of one field of an event's data. A field that is missing or cleared passes no test. */
public sealed interface Condition {

  /** The field's canonical name. */
  String field();

  /** Whether a value passes. */
  boolean accepts(String value);

  /** Whether the event has the field and its value passes. */
  default boolean holds(Event event) {
    String value = event.getData().get(field());
    return value != null && accepts(value);
  }

  /** The value is exactly this text. */
  record Equals(String field, String text) implements Condition {
    @Override
    public boolean accepts(String value) {
      return value.equals(text);
    }
  }

  /** The value begins with this text. */
  record StartsWith(String field, String text) implements Condition {
    @Override
    public boolean accepts(String value) {
      return value.startsWith(text);
    }
  }

  /** The value has this text in it. */
  record Contains(String field, String text) implements Condition {
    @Override
    public boolean accepts(String value) {
      return value.contains(text);
    }
  }

  /** The whole value fits a regular expression. */
  record Matches(String field, Pattern pattern) implements Condition {
    /** Longer values never fit: what a match costs grows with the value. */
    static final int MAX_LENGTH = 8_192;

    /**
     * Whether the value fits.
     *
     * @throws IllegalStateException when the expression needs more stack than there is
     */
    @Override
    public boolean accepts(String value) {
      try {
        return value.length() <= MAX_LENGTH && pattern.matcher(value).matches();
      } catch (StackOverflowError tooDeep) {
        // A repeated choice, (a|b)*, takes stack for every character. An error would end the
        // thread.
        throw new IllegalStateException(
            "%s needs too much stack for %d characters; write it without a repeated choice"
                .formatted(pattern, value.length()),
            tooDeep);
      }
    }
  }
}
