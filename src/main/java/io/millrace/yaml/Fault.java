package io.millrace.yaml;

/**
 * A fault in a configuration file.
 *
 * @param file the file or folder
 * @param line the line, from 1; 0 for the whole file
 * @param what what is wrong
 * @param remedy how to fix it
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
