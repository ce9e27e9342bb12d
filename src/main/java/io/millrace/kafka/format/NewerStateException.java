package io.millrace.kafka.format;

import org.apache.kafka.streams.errors.ProcessorStateException;

/**
 * A value in a state store was written by a newer version of the program. No event is at fault and
 * no retry helps: only that version can continue with the state.
 */
public final class NewerStateException extends ProcessorStateException {
  private static final long serialVersionUID = 1L;

  /**
   * For a value.
   *
   * @param type its record type
   */
  public NewerStateException(String type, Throwable cause) {
    super(
        ("A value of type %s in a state store was written by a newer version of Millrace than this"
                + " one. Run that version or a newer one; it continues where it stopped.")
            .formatted(type),
        cause);
  }
}
