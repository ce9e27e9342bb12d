package io.millrace.model;

import java.util.regex.Pattern;

/**
 * A record's id with the system that gave it, written {@code crm:101}: two systems that both count
 * from 1 have different records.
 *
 * @param system its name; empty if none is known
 * @param id as its system writes it
 */
public record SystemId(String system, String id) {
  /** What the name of a source or a system looks like. */
  public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");

  private static final char END_OF_SYSTEM = ':';

  /** Reads an id of a record; a name of a system never contains a colon. */
  public static SystemId of(String text) {
    int end = text.indexOf(END_OF_SYSTEM);
    return end < 0
        ? new SystemId("", text)
        : new SystemId(text.substring(0, end), text.substring(end + 1));
  }

  /** As it is written in events. */
  public String text() {
    return system.isEmpty() ? id : system + END_OF_SYSTEM + id;
  }
}
