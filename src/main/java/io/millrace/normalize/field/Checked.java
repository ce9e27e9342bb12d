package io.millrace.normalize.field;

/** The result of checking one value. */
public sealed interface Checked {

  /** It is valid; {@code value} is its canonical form. */
  record Good(String value) implements Checked {}

  /** It is blank, as senders write a field that was cleared. */
  record Blank() implements Checked {}

  /**
   * It is invalid.
   *
   * @param fault what is wrong, as the end of a sentence that begins with the field's name
   */
  record Bad(String fault) implements Checked {}
}
