package io.millrace.testing;

import org.opentest4j.TestAbortedException;

/** The one way for a test to be left out: it says what is not tested, why, and what helps. */
public final class Skip {
  private Skip() {}

  /**
   * Leaves the rest of a test out unless this machine can run it.
   *
   * @param what is not tested then
   * @param why it cannot be
   * @param remedy what to install or change
   */
  public static void unless(boolean isPossible, String what, String why, String remedy) {
    if (!isPossible) {
      String said = "%s because %s; %s".formatted(what, why, remedy);
      System.out.println("SKIPPED: " + said);
      throw new TestAbortedException(said);
    }
  }
}
