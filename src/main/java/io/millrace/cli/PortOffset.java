package io.millrace.cli;

import io.millrace.app.CommandException;

/** The number {@code --port-offset} adds to every port. */
public final class PortOffset {
  /** PostgreSQL has the highest port, 15432. */
  private static final int HIGHEST = 65_535 - 15_432;

  private PortOffset() {}

  /**
   * Refuses an offset that moves a port out of the valid range.
   *
   * @throws CommandException saying what is allowed
   */
  public static void check(int offset) {
    if (offset < 0 || offset > HIGHEST) {
      throw CommandException.usage(
          "--port-offset must be from 0 to %d, not %d".formatted(HIGHEST, offset));
    }
  }
}
