package io.millrace.bench.sample;

/**
 * A person in the requests.
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

  /** A phone number reserved for fiction, in E.164 format. */
  String phone() {
    return "+1202555%04d".formatted(100 + serial % 100);
  }
}
