package io.millrace.source;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong in one file, so that everything is said at once. */
final class Faults {
  private final String file;
  private final List<Fault> found = new ArrayList<>();

  Faults(String file) {
    this.file = file;
  }

  void add(String what, String remedy) {
    found.add(new Fault(file, what, remedy));
  }

  void add(int line, String what, String remedy) {
    found.add(new Fault(file + ":" + line, what, remedy));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  List<Fault> all() {
    return found.stream().distinct().toList();
  }
}
