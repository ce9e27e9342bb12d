package io.millrace.source;

/**
 * Something wrong in a configuration file.
 *
 * @param file the file, and the line where one is known ({@code billing.yaml:4})
 * @param what what is wrong
 * @param remedy what to do about it
 */
public record Fault(String file, String what, String remedy) {
  @Override
  public String toString() {
    return file + ": " + what + "; " + remedy;
  }
}
