package io.millrace.normalize.field;

/** What the check of one value found. */
public sealed interface Checked {

  /** It is what the field is meant to hold; {@code value} is how it is written canonically. */
  record Good(String value) implements Checked {}

  /** There is nothing in it, as senders write a field that was cleared. */
  record Blank() implements Checked {}

  /**
   * It is something else.
   *
   * @param fault what is wrong, as the rest of a sentence that begins with the field's name
   */
  record Bad(String fault) implements Checked {}
}
