package io.millrace.stack;

/**
 * A port and who wants it.
 *
 * @param owner the part in words, as it is named when the port is taken
 * @param number 1 to 65535
 */
public record Port(String owner, int number) {
  public Port {
    if (number < 1 || number > 65_535) {
      throw new IllegalArgumentException(
          "Port %d of the %s is not between 1 and 65535: choose another --port-offset"
              .formatted(number, owner));
    }
  }
}
