package io.millrace.normalize.mapping;

import java.util.Locale;

/** What the ids of a source's records mean to other sources: {@code recordIds} in its mapping. */
public enum RecordIds {
  /** Nothing: its records are its own, and their ids begin with the source's name. */
  OWN,
  /** The same id is the same record in every source that shares its ids. */
  SHARED;

  static RecordIds parse(String written) {
    for (RecordIds ids : values()) {
      if (ids.written().equals(written)) {
        return ids;
      }
    }
    throw new IllegalArgumentException("not a meaning of ids");
  }

  private String written() {
    return name().toLowerCase(Locale.ROOT);
  }
}
