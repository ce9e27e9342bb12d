package io.millrace.kafka.topic;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * Allows Avro to instantiate the classes of our own schemas. Since 1.12.2 it refuses every class
 * that was not allowed, for the whole JVM.
 */
public final class TrustedTypes {
  private static final String GENERATED = "io.millrace.event";

  static {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), type -> type.getPackageName().equals(GENERATED)));
  }

  private TrustedTypes() {}

  /** Must be called before anything is read; more than one call does no harm. */
  public static void declare() {
    // The static initialiser has already done the work.
  }
}
