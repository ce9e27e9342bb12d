package io.millrace.bench.sample;

/**
 * Somebody requests tell about.
 *
 * @param serial counts the people of a run from 1
 * @param email in lower case, unique within all runs
 */
public record Person(
    int serial,
    String firstName,
    String lastName,
    String email,
    String company,
    String domain,
    String title) {

  String name() {
    return firstName + " " + lastName;
  }

  /** A number that is kept free for fiction, E.164. */
  String phone() {
    return "+1202555%04d".formatted(100 + serial % 100);
  }
}
