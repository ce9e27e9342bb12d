package io.millrace.yaml;

/**
 * Something wrong in a configuration file.
 *
 * @param file the file, or the folder, as it was named
 * @param line where in it, from 1; 0 when it is about the whole file
 * @param what what is wrong
 * @param remedy what to do about it
 */
public record Fault(String file, int line, String what, String remedy) {

  /** A fault of a whole file or folder. */
  public Fault(String file, String what, String remedy) {
    this(file, 0, what, remedy);
  }

  /** {@code billing.yaml:4: what is wrong; what to do about it}. */
  @Override
  public String toString() {
    return file + (line == 0 ? "" : ":" + line) + ": " + what + "; " + remedy;
  }
}
