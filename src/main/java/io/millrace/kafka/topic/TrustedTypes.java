package io.millrace.kafka.topic;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro that the classes of our own schemas may be instantiated. Since 1.12.2 it refuses every
 * class it was not told of, for the whole JVM.
 */
public final class TrustedTypes {
  private static final String GENERATED = "io.millrace.event";

  static {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), type -> type.getPackageName().equals(GENERATED)));
  }

  private TrustedTypes() {}

  /** To be called before anything is read; once is enough, more does no harm. */
  public static void declare() {
    // The class was initialised to get here, and that is all there is to do.
  }
}
