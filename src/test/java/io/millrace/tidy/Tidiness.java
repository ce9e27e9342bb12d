package io.millrace.tidy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What every text file keeps to. */
final class Tidiness {
  private static final int LONGEST_LINE = 120;

  /** Written in pieces, so that this file keeps to its own rule. */
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");

  /** Absolute paths that exist on one machine only. */
  private static final Pattern MACHINE_PATH =
      Pattern.compile("(^|[\\s\"'`=(:])/(work|tm" + "p|root|home/[a-z]+|Users/[a-z]+)/");

  private Tidiness() {}

  /** What is wrong with a file, a line each. */
  static List<String> faults(Path path, String text) {
    List<String> faults = new ArrayList<>();
    List<String> lines = text.lines().toList();
    boolean isQuoted = false;
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1);
      for (String fault : faultsOfLine(path, line)) {
        faults.add(path + ":" + number + " " + fault);
      }
      boolean wasQuoted = isQuoted;
      isQuoted ^= isJava(path) && line.split("\"\"\"", -1).length % 2 == 0;
      // What is quoted is as long as it is: in a text block, and in a test's published vector.
      boolean isQuote = wasQuoted || isQuoted || (path.startsWith("src/test") && isLiteral(line));
      if (isJava(path) && !isQuote && line.length() > LONGEST_LINE) {
        faults.add(path + ":" + number + " is longer than " + LONGEST_LINE);
      }
    }
    if (!text.isEmpty() && (!text.endsWith("\n") || text.endsWith("\n\n"))) {
      faults.add(path + " does not end with exactly one line end");
    }
    if (text.contains("\r")) {
      faults.add(path + " has carriage returns");
    }
    return faults;
  }

  private static List<String> faultsOfLine(Path path, String line) {
    List<String> faults = new ArrayList<>();
    if (line.indexOf('\t') >= 0) {
      faults.add("has a tab");
    }
    if (!line.equals(line.stripTrailing())) {
      faults.add("has trailing blanks");
    }
    if (UNFINISHED.matcher(line).find()) {
      faults.add("says that something is unfinished");
    }
    if (!path.startsWith("src/test") && MACHINE_PATH.matcher(line).find()) {
      faults.add("names a path of one machine");
    }
    return faults;
  }

  private static boolean isJava(Path path) {
    return path.toString().endsWith(".java");
  }

  private static boolean isLiteral(String line) {
    return line.strip().startsWith("\"");
  }
}
