package io.millrace.config.setting;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A number of bytes, such as {@code 512 kB}, and its bounds, both inclusive; kB, MB and GB are
 * powers of 1024. On an int, a long, or a type with a static method {@code of(long)}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Size {
  String from();

  String to();
}
