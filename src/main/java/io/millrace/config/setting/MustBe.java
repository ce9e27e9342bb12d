package io.millrace.config.setting;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Completes the sentence "must be ..." for a text, or for a type with a static method {@code
 * parse(String)}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface MustBe {
  String value();

  /** The pattern of an allowed text. */
  String matching() default "(?s).*";
}
