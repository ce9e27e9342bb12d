package io.millrace.kafka;

import io.millrace.event.Event;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Lets Avro create the generated classes by their names. Since Avro 1.12.2 it creates no class that
 * nobody vouched for.
 */
public final class TrustedRecords {
  private static final String PACKAGE = Event.class.getPackageName();

  static {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), type -> type.getPackageName().equals(PACKAGE)));
  }

  private TrustedRecords() {}

  /** Does so, once, for the whole process. */
  public static void register() {
    // Loading the class has done it.
  }
}
